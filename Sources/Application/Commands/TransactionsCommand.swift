import ArgumentParser

/// `tributary transactions`
struct TransactionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transactions", abstract: "Account history, newest first.")

    @OptionGroup var options: GlobalOptions

    @Option(name: .long, help: "Only this account, by id (tastytrade-1).")
    var account: String?

    @Option(name: .long, help: "At most so many rows.")
    var limit = 100

    func validate() throws {
        if limit < 1 || limit > 100_000 { throw ValidationError("--limit takes 1 to 100000") }
    }

    func run() async throws {
        let session = try await CommandSession(options)
        let query = DocumentQuery([.transactions], unmask: options.unmask, account: account, limit: limit)
        try await session.show(.transactions, query: query)
    }
}
