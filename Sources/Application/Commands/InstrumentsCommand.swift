import ArgumentParser

/// `tributary instruments`
struct InstrumentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instruments",
        abstract: "The instrument master: every instrument with its identifiers.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let session = try await CommandSession(options)
        try await session.show(.instruments, watch: false)
    }
}
