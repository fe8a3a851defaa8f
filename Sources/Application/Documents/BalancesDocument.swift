import PortfolioModel
import Risk

/// `balances --json`: cash by account and currency, with the rates that bring it to base currency.
struct BalancesDocument: Document {
    static let schemaName = "tributary.balances/1"

    struct Row: Codable, Sendable, Equatable {
        var account: AccountReference
        var currency: Currency
        var cash: ThreeCurrenciesDocument
        @ExplicitNull var settledCash: MoneyDocument?
        @ExplicitNull var pendingCash: MoneyDocument?
        @ExplicitNull var accruedInterest: MoneyDocument?
        var asOf: Timestamp
    }

    struct RateItem: Codable, Sendable, Equatable {
        var base: Currency
        var quote: Currency
        var rate: FixedDecimal
        var asOf: Timestamp
        var source: String
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var base: Currency
    var balances: [Row]
    var rates: [RateItem]

    init(view: PortfolioView, service: ServiceInfo, options: DocumentOptions) {
        sequence = view.sequence
        asOf = view.at
        base = view.base
        balances = view.balances.sorted { $0.key < $1.key }.compactMap { balance in
            view.accountsByID[balance.key.account].map { Self.row(balance, $0, view.fx, view.base, options) }
        }
        // The whole table is `fx`'s.
        let concerned = Set(view.balances.map(\.key.currency) + [view.base, .eur, .usd])
        rates = view.rates.filter { concerned.contains($0.base) && concerned.contains($0.quote) }.map {
            RateItem(base: $0.base, quote: $0.quote, rate: $0.rate, asOf: $0.asOf, source: $0.source)
        }
    }

    private static func row(
        _ balance: Balance, _ account: Account, _ rates: FXTable, _ base: Currency, _ options: DocumentOptions
    ) -> Row {
        let currency = balance.key.currency
        // A balance is as good as its account; one that nobody has confirmed yet is the last thing known.
        let state: FigureState = account.state == .confirmed ? .confirmed : .stale
        let native = MoneyFigure(
            .known(balance.cash, state, asOf: balance.asOf, source: account.key.broker.name), currency)
        return Row(
            account: AccountReference(account, options), currency: currency,
            cash: ThreeCurrenciesDocument(
                ThreeCurrencies(
                    native: native, account: rates.convert(native, to: account.currency),
                    base: rates.convert(native, to: base))),
            settledCash: balance.settledCash.map { MoneyDocument($0, currency) },
            pendingCash: balance.pendingCash.map { MoneyDocument($0, currency) },
            accruedInterest: balance.accruedInterest.map { MoneyDocument($0, currency) }, asOf: balance.asOf)
    }
}
