import PortfolioModel
import Risk

/// One underlying group over all accounts and brokers. Delta and gamma in units of its head, the first of its
/// underlyings that is held; theta, vega and dollar delta in base currency. Null with a part unknown.
struct UnderlyingRow: Codable, Sendable, Equatable {
    /// One of several underlyings in the group, the head first.
    struct Member: Codable, Sendable, Equatable {
        var symbol: String
        var price: FigureDocument<FixedDecimal>
        /// Units of the head for one of it: what its delta is multiplied by.
        var ratio: FigureDocument<Double>
    }

    var symbol: String
    /// Empty for an underlying that stands alone.
    var members: [Member]
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
        members = group.members.map {
            Member(symbol: $0.symbol, price: FigureDocument($0.price), ratio: FigureDocument($0.ratio))
        }
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
