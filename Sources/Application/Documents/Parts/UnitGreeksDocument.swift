import PortfolioModel
import Risk

/// Greeks of one unit of quoted price (domain.md, Unit Greeks). All five are null when the state is unknown.
struct UnitGreeksDocument: Codable, Sendable, Equatable {
    @ExplicitNull var delta: Double?
    @ExplicitNull var gamma: Double?
    @ExplicitNull var theta: Double?
    @ExplicitNull var vega: Double?
    @ExplicitNull var rho: Double?
    var state: FigureState
    @ExplicitNull var asOf: Timestamp?
    var source: String
    var reason: String?

    init(_ figure: Figure<UnitGreeks>) {
        let greeks = figure.value
        delta = greeks?.delta.documented
        gamma = greeks?.gamma.documented
        theta = greeks?.theta.documented
        vega = greeks?.vega.documented
        rho = greeks?.rho.documented
        state = figure.state
        asOf = figure.asOf
        source = figure.source
        reason = figure.reason
    }
}
