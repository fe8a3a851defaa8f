import PortfolioModel

/// Which currencies the accounts hold something in, or are kept in.
struct HeldCurrencies: Sendable {
    private var byAccount: [AccountKey: Set<Currency>] = [:]

    /// Documents with whole account numbers.
    init(accounts: AccountsDocument, positions: PositionsDocument, balances: BalancesDocument) {
        for row in accounts.accounts { add(row.currency, to: AccountKey(BrokerID(row.broker), row.number)) }
        for row in positions.positions { add(row.instrument.currency, to: row.account.key) }
        for row in balances.balances { add(row.currency, to: row.account.key) }
    }

    var all: Set<Currency> { byAccount.values.reduce(into: []) { $0.formUnion($1) } }

    func of(_ accounts: [AccountKey]) -> Set<Currency> {
        accounts.reduce(into: []) { $0.formUnion(byAccount[$1] ?? []) }
    }

    private mutating func add(_ currency: Currency, to account: AccountKey) {
        byAccount[account, default: []].insert(currency)
    }
}

extension AccountReference {
    fileprivate var key: AccountKey { AccountKey(BrokerID(broker), number) }
}
