import PortfolioModel

/// An American put of strike 1 by its exercise boundary: the European put plus what early exercise earns, an integral
/// of the interest on the strike less the yield on the underlying over the states below the boundary (Kim, The Analytic
/// Valuation of American Options, 1990). For rates above 0.
struct AmericanPut {
    private let inputs: ExerciseBoundary.Inputs
    /// Below or at this price the put is exercised now.
    let boundary: Double
    private let rule: Quadrature
    /// ln(boundary then / boundary now) at the rule's times.
    private let rises: [Lanes]

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
        let now = logarithm(boundary.now)
        rises = boundary.valuationLogarithms.map { $0 - now }
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

    /// What the right of early exercise adds to the European put; `spot` is above the boundary. The integral is taken
    /// of what the boundary's movement changes; the rest is known in closed form.
    private func premium(_ spot: Double) -> Value {
        let (rate, yield) = (inputs.rate, inputs.yield)
        let rootWidth = inputs.volatility * inputs.years.squareRoot()
        let distance = logarithmOfRatio(spot, boundary)
        var sum = Sum()
        for step in rule.nodes.indices {
            // Times ahead are years x h^2 with h from 0 to 1, so that the root in the integrand is gone.
            let half = (1 + rule.nodes[step]) * 0.5
            let span = half * half * inputs.years
            let weight = rule.weights[step] * half * inputs.years
            let width = half * rootWidth
            let flat = (distance + span * (rate - yield)) / width
            let point = Point(
                interest: weight * rate * (span * -rate).exponential,
                payout: weight * (yield * spot) * (span * -yield).exponential, width: width)
            sum.add(point, centre: flat - rises[step] / width, sign: 1)
            sum.add(point, centre: flat, sign: -1)
        }
        let known = FlatPremium(inputs, spot: spot, distance: distance).value
        return Value(
            price: known.price + sum.price.sum(), delta: known.delta + sum.delta.sum() / spot,
            gamma: known.gamma + sum.gamma.sum() / (spot * spot),
            speed: known.speed + sum.speed.sum() / (spot * spot * spot))
    }

    /// What the integrand is made of at a step's times, besides the boundary.
    private struct Point {
        var interest: Lanes
        var payout: Lanes
        var width: Lanes
    }

    /// The premium's integral and those of its derivatives, times powers of the spot.
    private struct Sum {
        var price = Lanes.zero
        var delta = Lanes.zero
        var gamma = Lanes.zero
        var speed = Lanes.zero

        /// `centre` is the mean of d1 and d2.
        @inline(__always)
        mutating func add(_ point: Point, centre: Lanes, sign: Double) {
            let inverse = 1 / point.width
            let (lower, upper) = (centre - point.width * 0.5, centre + point.width * 0.5)
            let ((lowerDensity, lowerInside), (upperDensity, upperInside)) = Lanes.normals(-lower, -upper)
            let paid = point.payout * upperInside
            let first = point.interest * lowerDensity * inverse
            let second = point.payout * upperDensity * inverse
            let (lowerRatio, upperRatio) = (lower * inverse, upper * inverse)
            let square = inverse * inverse
            let firstSpeed: Lanes = square - (2 + lowerRatio) * (1 + lowerRatio)
            let secondSpeed: Lanes = square + (1 + upperRatio) * (1 - upperRatio)
            price += sign * (point.interest * lowerInside - paid)
            delta += sign * (second - first - paid)
            gamma += sign * (first * (1 + lowerRatio) + second * (1 - upperRatio))
            speed += sign * (first * firstSpeed - second * secondSpeed)
        }
    }
}
