import ArgumentParser
import Foundation
import PortfolioModel

/// `tributary replay`
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Repeat a run recorded with `run --record` and compare it with what it showed.",
        discussion: """
            Exits 0 when book, documents and alerts are equal, 2 at the first difference or when there was nothing to \
            compare, 65 when the file is damaged or no recording, 66 when it is missing. A torn last line, as a crash \
            leaves it, is passed over. A recording holds no account numbers, so `--unmask` has none to show.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The recording.")
    var file: String

    @Option(name: .long, help: "Stop when the book has this sequence.")
    var until: UInt64?

    @Option(name: .long, help: "Write status, positions, accounts and balances as JSON into this folder.")
    var out: String?

    func run() async throws {
        let recording = try RecordingReader(path: file)
        let start = recording.start
        var replay = try Replay(recording, until: until)
        try await replay.run()
        let outcome = replay.outcome
        if let out { try DocumentFolder(path: out).write(outcome.report ?? [:]) }
        let document = ReplayDocument(outcome, start)
        Console.output(options.json ? try DocumentEncoder().text(document) + "\n" : document.text)
        if outcome.verdict != .equal { throw ExitStatus.findings.exitCode }
    }
}
