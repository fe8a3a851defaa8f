import PortfolioModel

/// Position and money Greeks of one position (domain.md, Greeks and risk).
struct PositionRisk: Sendable {
    let position: Figure<PositionGreeks>
    /// Base currency.
    let money: Figure<MoneyGreeks>

    init(line: PositionLine, sight: Sight) {
        position = Self.positionGreeks(line, sight)
        money = Self.moneyGreeks(position, line, sight)
    }

    private static func positionGreeks(_ line: PositionLine, _ sight: Sight) -> Figure<PositionGreeks> {
        let holding = line.holding
        guard holding.account.state != .unknown else { return .unknown("account state unknown") }
        guard let unit = sight.greeks.unit.value else {
            return .unknown(sight.greeks.unit.reason ?? "unknown", source: sight.greeks.unit.source)
        }
        let greeks = PositionGreeks(
            unit,
            PositionFactors(
                quantity: line.quantity, multiplier: line.multiplier,
                units: sight.terms?.units.doubleValue ?? line.multiplier))
        guard greeks.isFinite else { return .unknown("not a number") }
        return .known(
            greeks, sight.greeks.unit.state.combined(with: holding.account.state), asOf: sight.greeks.unit.asOf,
            source: sight.greeks.unit.source)
    }

    private static func moneyGreeks(
        _ position: Figure<PositionGreeks>, _ line: PositionLine, _ sight: Sight
    ) -> Figure<MoneyGreeks> {
        guard let greeks = position.value else {
            return .unknown(position.reason ?? "unknown", source: position.source)
        }
        guard let price = sight.price.value?.doubleValue else {
            return .unknown(sight.price.reason ?? "underlying's price unknown")
        }
        let rate = line.toBase.rate
        guard let factor = rate.value?.doubleValue else { return .unknown(rate.reason ?? "no rate") }
        let money = MoneyGreeks(greeks, price: price, rate: factor)
        guard money.isSummable else { return .unknown("out of range") }
        let state = position.state.combined(with: sight.price.state).combined(with: rate.state)
        let asOf = Timestamp.earliest(position.asOf, sight.price.asOf, rate.asOf)
        return .known(money, state, asOf: asOf, source: position.source)
    }
}

/// What makes unit Greeks those of a position (domain.md, Position Greeks), made once and not at each quote.
struct PositionFactors: Sendable {
    /// Units of the underlying that the position delivers.
    let delta: Double
    let gamma: Double
    /// Of theta, vega and rho, which are in money.
    let cash: Double

    /// `units` are those one contract delivers.
    init(quantity: Double, multiplier: Double, units: Double) {
        delta = quantity * units
        gamma = quantity * units * units / multiplier
        cash = quantity * multiplier
    }
}

extension PositionGreeks {
    init(_ unit: UnitGreeks, _ factors: PositionFactors) {
        self.init(
            delta: factors.delta * unit.delta, gamma: factors.gamma * unit.gamma, theta: factors.cash * unit.theta,
            vega: factors.cash * unit.vega, rho: factors.cash * unit.rho)
    }

    var isFinite: Bool {
        delta.isSummable && gamma.isSummable && theta.isSummable && vega.isSummable && rho.isSummable
    }
}

extension MoneyGreeks {
    /// domain.md, Money Greeks: at the underlying's price, `rate` units of base currency for one.
    init(_ position: PositionGreeks, price: Double, rate: Double) {
        let value = price * rate
        self.init(
            dollarDelta: position.delta * value, dollarGamma1pct: position.gamma * price * 0.01 * value,
            theta: position.theta * rate, vega: position.vega * rate, rho: position.rho * rate)
    }

    var isSummable: Bool {
        dollarDelta.isSummable && dollarGamma1pct.isSummable && theta.isSummable && vega.isSummable && rho.isSummable
    }
}

extension Double {
    /// False for what is not a number.
    fileprivate var isSummable: Bool { magnitude <= ExactSum.limit }
}
