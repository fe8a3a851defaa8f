import PortfolioModel

/// `{id, broker, number}`: which account a row belongs to. `id` is ours and stable, `number` the broker's, masked.
struct AccountReference: Codable, Sendable, Equatable {
    /// Null for an account that a file names and the book does not hold yet.
    @ExplicitNull var id: String?
    var broker: String
    var number: String

    init(_ account: Account, _ options: DocumentOptions) {
        self.init(account.key, id: account.id, options)
    }

    init(_ key: AccountKey, id: AccountID?, _ options: DocumentOptions) {
        self.id = id?.text
        broker = key.broker.name
        number = options.number(key)
    }
}
