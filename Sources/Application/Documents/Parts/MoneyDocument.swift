import PortfolioModel

/// `{"amount": "12.34", "currency": "USD"}`: an amount that is simply stated.
struct MoneyDocument: Codable, Sendable, Equatable {
    var amount: FixedDecimal
    var currency: Currency

    init(_ amount: FixedDecimal, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    private enum CodingKeys: String, CodingKey { case amount, currency }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Money(amount, currency).amountText, forKey: .amount)
        try container.encode(currency, forKey: .currency)
    }
}
