import PortfolioModel
import Risk

/// One underlying group over all accounts and brokers. Delta and gamma in units of the underlying; theta, vega and
/// dollar delta in base currency. Null with a part unknown.
struct UnderlyingRow: Codable, Sendable, Equatable {
    var symbol: String
    var price: FigureDocument<FixedDecimal>
    @ExplicitNull var delta: Double?
    @ExplicitNull var gamma: Double?
    @ExplicitNull var theta: Double?
    @ExplicitNull var vega: Double?
    @ExplicitNull var dollarDelta: Double?
    var dayPnL: MoneyTotalDocument
    var state: FigureState
    var missing: [String]

    init(_ group: GroupView) {
        symbol = group.symbol
        price = FigureDocument(group.underlyingPrice)
        delta = group.delta?.documented
        gamma = group.gamma?.documented
        theta = group.theta?.documented
        vega = group.vega?.documented
        dollarDelta = group.dollarDelta?.documented
        dayPnL = MoneyTotalDocument(group.dayPnL)
        state = group.state
        missing = group.missing.sorted()
    }
}
