import PortfolioModel

/// An American put of strike 1 by its exercise boundary: the European put plus what early exercise earns, an integral of
/// the interest on the strike less the yield on the underlying over the states below the boundary (Kim, The Analytic
/// Valuation of American Options, 1990). For rates above 0.
struct AmericanPut {
    private let inputs: ExerciseBoundary.Inputs
    /// Below or at this price the put is exercised now.
    let boundary: Double
    private let rule: Quadrature
    private let logarithms: [Lanes]

    /// Price and its first three derivatives in the underlying's price, with the whole term left.
    struct Value {
        var price: Double
        var delta: Double
        var gamma: Double
        var speed: Double
    }

    init(_ boundary: ExerciseBoundary) {
        inputs = boundary.inputs
        self.boundary = boundary.now
        rule = boundary.valuationRule
        logarithms = boundary.valuationLogarithms
    }

    func value(_ spot: Double) -> Value {
        if spot <= boundary { return Value(price: 1 - spot, delta: -1, gamma: 0, speed: 0) }
        let european = european(spot).spotDerivatives
        let premium = premium(spot)
        return Value(
            price: european.price + premium.price, delta: european.delta + premium.delta,
            gamma: european.gamma + premium.gamma, speed: european.speed + premium.speed)
    }

    func european(_ spot: Double) -> LognormalEuropean {
        LognormalEuropean(
            OptionModel(
                right: .put, underlyingPrice: spot, strike: 1, years: inputs.years, rate: inputs.rate,
                yield: inputs.yield), volatility: inputs.volatility)
    }

    /// What the right of early exercise adds to the European put; `spot` is above the boundary.
    func premium(_ spot: Double) -> Value {
        let (rate, yield) = (inputs.rate, inputs.yield)
        let rootWidth = inputs.volatility * inputs.years.squareRoot()
        let logarithmOfSpot = logarithm(spot)
        var (price, delta, gamma, speed) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
        for step in rule.nodes.indices {
            // Times ahead are years x h^2 with h from 0 to 1, so that the root in the integrand is gone.
            let half = (1 + rule.nodes[step]) * 0.5
            let span = half * half * inputs.years
            let width = half * rootWidth
            let distance = logarithmOfSpot - logarithms[step] + span * (rate - yield)
            let upper = distance / width + width * 0.5
            let lower = upper - width
            let weight = rule.weights[step] * half * inputs.years
            let interest = weight * rate * (span * -rate).exponential
            let payout = weight * (yield * spot) * (span * -yield).exponential
            let (lowerDensity, lowerInside) = (-lower).normal
            let (upperDensity, upperInside) = (-upper).normal
            price += interest * lowerInside - payout * upperInside
            let (first, second) = (interest * lowerDensity / width, payout * upperDensity / width)
            delta += second - first - payout * upperInside
            let (lowerRatio, upperRatio) = (lower / width, upper / width)
            gamma += first * (1 + lowerRatio) + second * (1 - upperRatio)
            let inverse = 1 / (width * width)
            let firstSpeed: Lanes = inverse - (2 + lowerRatio) * (1 + lowerRatio)
            let secondSpeed: Lanes = inverse + (1 + upperRatio) * (1 - upperRatio)
            speed += first * firstSpeed - second * secondSpeed
        }
        return Value(
            price: price.sum(), delta: delta.sum() / spot, gamma: gamma.sum() / (spot * spot),
            speed: speed.sum() / (spot * spot * spot))
    }
}
