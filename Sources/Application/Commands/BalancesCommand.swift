import ArgumentParser

/// `tributary balances`
struct BalancesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balances",
        abstract: "Cash by account and currency.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let session = try await CommandSession(options)
        try await session.show(.balances, watch: false)
    }
}
