import ArgumentParser

/// `tributary sync`
struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "One full round over the brokers, then exit.",
        discussion:
            "Exits 0 when all were read, 2 when a broker failed (it is named; the database keeps what was good).")

    @OptionGroup var options: GlobalOptions

    @Option(name: .long, help: "Only this broker.")
    var broker: String?

    func run() async throws {
        let session = try await CommandSession(options)
        try await session.perform(.synchronize(broker: broker))
    }
}
