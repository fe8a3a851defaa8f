import ArgumentParser

/// `tributary accounts`
struct AccountsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts",
        abstract: "Every account with its figures, ours and the broker's.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let session = try await CommandSession(options)
        try await session.show(.accounts, watch: false)
    }
}
