import PortfolioModel

/// Position and money Greeks of one position (domain.md, Greeks and risk).
struct PositionRisk: Sendable {
    let position: Figure<PositionGreeks>
    /// Base currency.
    let money: Figure<MoneyGreeks>

    init(holding: Holding, sight: Sight, fx: FXTable, base: Currency) {
        position = Self.positionGreeks(holding, sight)
        money = Self.moneyGreeks(position, holding, sight, fx, base)
    }

    private static func positionGreeks(_ holding: Holding, _ sight: Sight) -> Figure<PositionGreeks> {
        guard holding.account.state != .unknown else { return .unknown("account state unknown") }
        guard let unit = sight.greeks.unit.value else {
            return .unknown(sight.greeks.unit.reason ?? "unknown", source: sight.greeks.unit.source)
        }
        let quantity = holding.position.quantity.doubleValue
        let multiplier = holding.instrument.multiplier.doubleValue
        let units = (sight.terms?.units ?? holding.instrument.multiplier).doubleValue
        let cash = quantity * multiplier
        let greeks = PositionGreeks(
            delta: quantity * unit.delta * units, gamma: quantity * unit.gamma * units * units / multiplier,
            theta: cash * unit.theta, vega: cash * unit.vega, rho: cash * unit.rho)
        guard greeks.isFinite else { return .unknown("not a number") }
        return .known(
            greeks, sight.greeks.unit.state.combined(with: holding.account.state), asOf: sight.greeks.unit.asOf,
            source: sight.greeks.unit.source)
    }

    private static func moneyGreeks(
        _ position: Figure<PositionGreeks>, _ holding: Holding, _ sight: Sight, _ fx: FXTable, _ base: Currency
    ) -> Figure<MoneyGreeks> {
        guard let greeks = position.value else {
            return .unknown(position.reason ?? "unknown", source: position.source)
        }
        guard let price = sight.price.value?.doubleValue else {
            return .unknown(sight.price.reason ?? "underlying's price unknown")
        }
        let rate = fx.rate(from: holding.instrument.currency, to: base)
        guard let factor = rate.value?.doubleValue else { return .unknown(rate.reason ?? "no rate") }
        let money = MoneyGreeks(
            dollarDelta: greeks.delta * price * factor, dollarGamma1pct: greeks.gamma * price * price / 100 * factor,
            theta: greeks.theta * factor, vega: greeks.vega * factor, rho: greeks.rho * factor)
        guard money.isSummable else { return .unknown("out of range") }
        let state = position.state.combined(with: sight.price.state).combined(with: rate.state)
        let asOf = [position.asOf, sight.price.asOf, rate.asOf].compactMap { $0 }.min()
        return .known(money, state, asOf: asOf, source: position.source)
    }
}

extension PositionGreeks {
    var isFinite: Bool { [delta, gamma, theta, vega, rho].allSatisfy { $0.magnitude <= ExactSum.limit } }
}

extension MoneyGreeks {
    var isSummable: Bool {
        [dollarDelta, dollarGamma1pct, theta, vega, rho].allSatisfy { $0.magnitude <= ExactSum.limit }
    }
}
