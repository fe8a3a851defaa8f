import PortfolioModel
import Risk

/// Greeks in base currency, the only ones that are added across underlyings. As a total with a part unknown the values
/// are null, `missing` names the parts, and `known` is the sum of the others.
struct MoneyGreeksDocument: Codable, Sendable, Equatable {
    struct Values: Codable, Sendable, Equatable {
        @ExplicitNull var dollarDelta: Double?
        @ExplicitNull var dollarGamma1pct: Double?
        @ExplicitNull var theta: Double?
        @ExplicitNull var vega: Double?
        @ExplicitNull var rho: Double?

        init(_ greeks: MoneyGreeks?) {
            dollarDelta = greeks?.dollarDelta.documented
            dollarGamma1pct = greeks?.dollarGamma1pct.documented
            theta = greeks?.theta.documented
            vega = greeks?.vega.documented
            rho = greeks?.rho.documented
        }
    }

    var currency: Currency
    @ExplicitNull var dollarDelta: Double?
    @ExplicitNull var dollarGamma1pct: Double?
    @ExplicitNull var theta: Double?
    @ExplicitNull var vega: Double?
    @ExplicitNull var rho: Double?
    var state: FigureState
    var reason: String?
    /// Totals only.
    var known: Values?
    var missing: [String]?

    private init(_ values: Values, _ state: FigureState, _ currency: Currency) {
        self.currency = currency
        dollarDelta = values.dollarDelta
        dollarGamma1pct = values.dollarGamma1pct
        theta = values.theta
        vega = values.vega
        rho = values.rho
        self.state = state
    }

    init(_ figure: Figure<MoneyGreeks>, _ currency: Currency) {
        self.init(Values(figure.value), figure.state, currency)
        reason = figure.reason
    }

    init(_ total: GreeksTotal, _ currency: Currency) {
        self.init(Values(total.value), total.missing.isEmpty ? total.state : .unknown, currency)
        known = Values(total.known)
        missing = total.missing.sorted()
        if !total.missing.isEmpty { reason = "\(total.missing.count) part(s) without a figure" }
    }
}
