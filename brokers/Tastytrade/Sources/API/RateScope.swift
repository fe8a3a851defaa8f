package import BrokerKit

/// What the venue meters, and how much of it is allowed: the table its own tools enforce (protocol notes, 1.6).
package enum RateScope {
    static let global = "global"
    static let accounts = "customers/me/accounts"
    static let balances = "balances"
    static let positions = "positions"
    static let orders = "orders"
    static let equities = "equities"
    static let equityOptions = "equity-options"
    static let optionChains = "option-chains"
    static let futures = "futures"
    static let futureOptions = "future-options"

    package static let quotas: [String: Quota] = [
        global: Quota(50, per: .seconds(1)), accounts: Quota(1, per: .seconds(1)),
        balances: Quota(1, per: .seconds(1)), positions: Quota(1, per: .seconds(1)),
        orders: Quota(20, per: .seconds(1)), equities: Quota(3, per: .seconds(1)),
        equityOptions: Quota(3, per: .seconds(1)), optionChains: Quota(2, per: .seconds(1)),
        futures: Quota(1, per: .seconds(1)), futureOptions: Quota(3, per: .seconds(1)),
    ]
}
