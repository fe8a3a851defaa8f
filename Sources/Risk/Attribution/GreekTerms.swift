import PortfolioModel

/// What Greeks explain of an option's change of price between two edges, per unit of quoted price.
///
/// Which edge's Greeks: both. With the earlier edge's alone, as is usual, everything that Greeks do to each other in
/// between (vanna, charm, volga, speed) is residual: over simulated months up to a third of all terms of one position.
/// The mean of both edges' gradients is exact to the second order in all moves together, and splits each of those
/// effects evenly between the two terms it belongs to; the difference of the two gammas corrects the third order in
/// the price (Hermite's quadrature), where a held option's Greeks change most. In full, for a move s of the underlying:
///
///     delta = (delta0 + delta1) / 2 x s - (gamma0 + gamma1) / 4 x s^2     (delta as it stood before the move)
///     gamma = (gamma0 / 3 + gamma1 / 6) x s^2
///     theta = (theta0 + theta1) / 2 x days,  vega and rho alike
///
/// Inside the last five days Greeks change so much within a step, above all near the strike, that those of its edges
/// say little: the step is taken in parts by the model's Greeks (`NearExpiryPath`).
///
/// Where only one edge has Greeks they stand for both, delta moved by its gamma. Once time is up delta is 1 or 0 and
/// the rest is 0, also where the edge says nothing.
struct GreekTerms: Sendable, Hashable {
    var delta = 0.0
    var gamma = 0.0
    var theta = 0.0
    var vega = 0.0
    var rho = 0.0
    /// What the price did not lose although the underlying went ex: it was expected.
    var carry = 0.0
    /// Whether the Greeks are the model's, along the way from one edge to the other.
    var isByModel = false
    /// Whether a change of volatility could not be seen.
    var lacksVolatility = false

    /// nil when no Greeks, or no price of the underlying, are there to explain anything. Deltas and gammas here are per
    /// 1.00 of the underlying as it is quoted.
    init?(_ start: ValuationEdge, _ end: ValuationEdge, _ contract: AttributionContract) {
        guard let from = start.underlyingPrice?.doubleValue, let to = end.underlyingPrice?.doubleValue else {
            return nil
        }
        if let path = NearExpiryPath(start, end, contract) {
            self.init(path)
            return
        }
        let move = to - from
        var first = EdgeGreeks(start, contract)
        var last = EdgeGreeks(end, contract)
        let slope = contract.units.doubleValue / contract.multiplier.doubleValue
        if let known = first, last == nil { last = known.moved(by: move * slope) }
        if let known = last, first == nil { first = known.moved(by: -move * slope) }
        guard let first, let last else { return nil }

        let dividend = contract.dividends(after: start.at, through: end.at)
        let actual = Self.price(first, last, move, slope)
        let expected = Self.price(first, last, move + dividend, slope)
        self.init()
        (delta, gamma) = actual
        carry = expected.delta + expected.gamma - actual.delta - actual.gamma
        let stop = contract.ending.map { min(end.at, $0.at) } ?? end.at
        theta = (first.theta + last.theta) / 2 * max(0, stop.seconds(since: start.at) / 86_400)
        // At the end there is no volatility to speak of; all of its effect was time's.
        if let volatility = start.volatility, let later = end.volatility, !last.isOver {
            vega = (first.vega + last.vega) / 2 * (later - volatility) * 100
        } else {
            lacksVolatility = !last.isOver
        }
        if let rate = contract.rate(at: start.at), let later = contract.rate(at: end.at) {
            rho = (first.rho + last.rho) / 2 * (later - rate) * 100
        }
        guard [delta, gamma, theta, vega, rho, carry].allSatisfy(\.isFinite) else { return nil }
    }

    private init() {}

    private init?(_ path: NearExpiryPath) {
        var before = path.node(0)
        for number in 1...NearExpiryPath.parts {
            let after = path.node(number)
            add(before, after)
            before = after
        }
        isByModel = true
        guard [delta, gamma, theta, vega, rho].allSatisfy(\.isFinite) else { return nil }
    }

    private mutating func add(_ first: NearExpiryPath.Node, _ last: NearExpiryPath.Node) {
        let move = Self.price(first.greeks, last.greeks, last.price - first.price, 1)
        delta += move.delta
        gamma += move.gamma
        theta += (first.greeks.theta + last.greeks.theta) / 2 * (last.days - first.days)
        vega += (first.greeks.vega + last.greeks.vega) / 2 * (last.volatility - first.volatility) * 100
        rho += (first.greeks.rho + last.greeks.rho) / 2 * (last.rate - first.rate) * 100
    }

    private static func price(
        _ first: EdgeGreeks, _ last: EdgeGreeks, _ move: Double, _ slope: Double
    ) -> (delta: Double, gamma: Double) {
        let step = move * slope
        return (
            (first.delta + last.delta) / 2 * step - (first.gamma + last.gamma) / 4 * step * step,
            (first.gamma / 3 + last.gamma / 6) * step * step
        )
    }
}
