import PortfolioModel

/// A money figure that is a sum: beside an unknown amount stand the `known` subtotal, in the same currency, and the
/// names of the parts that are `missing`.
struct MoneyTotalDocument: Codable, Sendable, Equatable {
    var figure: MoneyFigureDocument
    var known: FixedDecimal
    var missing: [String]

    init(_ total: MoneyTotal) {
        figure = MoneyFigureDocument(total.figure)
        known = total.known
        missing = total.missing.sorted()
    }

    var amount: FixedDecimal? { figure.amount }
    var currency: Currency { figure.currency }
    var state: FigureState { figure.state }

    private enum CodingKeys: String, CodingKey { case known, missing }

    init(from decoder: any Decoder) throws {
        figure = try MoneyFigureDocument(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        known = try container.decode(FixedDecimal.self, forKey: .known)
        missing = try container.decode([String].self, forKey: .missing)
    }

    func encode(to encoder: any Encoder) throws {
        try figure.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Money(known, currency).amountText, forKey: .known)
        try container.encode(missing, forKey: .missing)
    }
}
