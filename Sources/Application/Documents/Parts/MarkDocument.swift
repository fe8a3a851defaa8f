import PortfolioModel
import Risk

/// The price a position is valued at, with the rule that gave it and the quote it was made from.
struct MarkDocument: Codable, Sendable, Equatable {
    @ExplicitNull var value: FixedDecimal?
    var rule: String
    @ExplicitNull var bid: FixedDecimal?
    @ExplicitNull var ask: FixedDecimal?
    var state: FigureState
    @ExplicitNull var asOf: Timestamp?
    var source: String
    var reason: String?

    init(_ mark: Mark) {
        value = mark.value.value
        rule = mark.rule.rawValue
        bid = mark.bid
        ask = mark.ask
        state = mark.value.state
        asOf = mark.value.asOf
        source = mark.value.source
        reason = mark.value.reason
    }
}
