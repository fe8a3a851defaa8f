import PortfolioModel

/// `{amount, currency, state, asOf, source, reason?}`; `amount` is null exactly when the state is unknown.
struct MoneyFigureDocument: Codable, Sendable, Equatable {
    var amount: FixedDecimal?
    var currency: Currency
    var state: FigureState
    var asOf: Timestamp?
    var source: String
    var reason: String?

    init(_ figure: MoneyFigure) {
        amount = figure.amount.value
        currency = figure.currency
        state = figure.amount.state
        asOf = figure.amount.asOf
        source = figure.amount.source
        reason = figure.amount.reason
    }

    private enum CodingKeys: String, CodingKey { case amount, currency, state, asOf, source, reason }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(amount.map { Money($0, currency).amountText }, forKey: .amount)
        try container.encode(currency, forKey: .currency)
        try container.encode(state, forKey: .state)
        try container.encode(asOf, forKey: .asOf)
        try container.encode(source, forKey: .source)
        try container.encodeIfPresent(reason, forKey: .reason)
    }
}
