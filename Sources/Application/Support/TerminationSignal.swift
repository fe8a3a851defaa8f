import UnixSignals

/// Waits until a person or a supervisor asks the program to end.
enum TerminationSignal {
    static func wait() async {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        for await _ in signals { return }
    }
}
