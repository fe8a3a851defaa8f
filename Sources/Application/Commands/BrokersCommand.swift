import ArgumentParser

/// `tributary brokers`
struct BrokersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "brokers",
        abstract: "Every broker with its state, streams and capabilities.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let session = try await CommandSession(options)
        try await session.show(.brokers, watch: false)
    }
}
