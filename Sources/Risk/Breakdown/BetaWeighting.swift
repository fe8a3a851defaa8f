package import PortfolioModel

/// Restates deltas of any underlying as shares of one index (domain.md, Beta-weighted delta).
package struct BetaWeighting: Sendable {
    /// Symbol of the index.
    package var index: String
    /// Price of the index in base currency.
    package var price: Figure<Double>
    /// By the underlying group's symbol, with source and as-of of each.
    package var betas: [String: Figure<Double>]

    package init(index: String, price: Figure<Double>, betas: [String: Figure<Double>] = [:]) {
        self.index = index
        self.price = price
        self.betas = betas
    }

    /// Beta-weighted delta and gamma of a position.
    package struct Weighted: Sendable, Equatable {
        /// Shares of the index.
        package var delta: Double
        /// Change of that for 1.00 of the index.
        package var gamma: Double

        package init(delta: Double, gamma: Double) {
            self.delta = delta
            self.gamma = gamma
        }
    }

    /// Betas that are known, the index' own among them.
    package var known: [String: Double] {
        betas.compactMapValues(\.value).merging([index: 1]) { _, own in own }
    }

    package func beta(of group: String) -> Figure<Double> {
        if group == index { return .confirmed(1, asOf: nil, source: "definition") }
        return betas[group] ?? .unknown("no beta of \(group)")
    }

    /// beta x delta x (S x FX) / index price; gamma by that factor squared per unit.
    package func weighted(_ row: PositionView) -> Figure<Weighted> {
        guard let greeks = row.positionGreeks.value, let money = row.moneyGreeks.value else {
            return .unknown(row.positionGreeks.reason ?? row.moneyGreeks.reason ?? "unknown")
        }
        if greeks.delta == 0 && greeks.gamma == 0 {
            return .known(Weighted(delta: 0, gamma: 0), row.moneyGreeks.state, asOf: row.moneyGreeks.asOf, source: "")
        }
        let beta = beta(of: row.group)
        guard let slope = beta.value else { return .unknown(beta.reason ?? "no beta") }
        guard let index = price.value, index > 0 else { return .unknown(price.reason ?? "no price of \(index)") }
        guard let spot = row.underlyingPrice.value?.doubleValue, spot != 0 else {
            return .unknown("underlying's price unknown")
        }
        // S x FX, from the figures that have both in them.
        let unitWorth =
            greeks.delta == 0
            ? money.dollarGamma1pct * 100 / (greeks.gamma * spot) : money.dollarDelta / greeks.delta
        let factor = slope * unitWorth / index
        let state = row.moneyGreeks.state.combined(with: beta.state).combined(with: price.state)
        return .known(
            Weighted(delta: greeks.delta * factor, gamma: greeks.gamma * factor * factor), state,
            asOf: Timestamp.earliest(row.moneyGreeks.asOf, beta.asOf, price.asOf), source: row.moneyGreeks.source)
    }
}
