import PortfolioModel
import Risk

/// Greeks of the whole position: delta and gamma in units of the underlying, theta, vega and rho in the instrument's
/// currency, dollar delta in base currency. All null when unknown.
struct PositionGreeksDocument: Codable, Sendable, Equatable {
    @ExplicitNull var delta: Double?
    @ExplicitNull var gamma: Double?
    @ExplicitNull var theta: Double?
    @ExplicitNull var vega: Double?
    @ExplicitNull var rho: Double?
    @ExplicitNull var dollarDelta: Double?
    var state: FigureState
    var reason: String?

    init(_ figure: Figure<PositionGreeks>, money: Figure<MoneyGreeks>) {
        let greeks = figure.value
        delta = greeks?.delta.documented
        gamma = greeks?.gamma.documented
        theta = greeks?.theta.documented
        vega = greeks?.vega.documented
        rho = greeks?.rho.documented
        dollarDelta = money.value?.dollarDelta.documented
        state = figure.state
        reason = figure.reason
    }
}
