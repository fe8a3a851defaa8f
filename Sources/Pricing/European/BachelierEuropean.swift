/// Bachelier's normal model for one European option: the forward moves by volatility x root of time (Bachelier 1900;
/// CME's choice for options on futures near or below zero, advisory 20-171).
struct BachelierEuropean {
    private let model: OptionModel
    private let volatility: Double
    private let root: Double
    private let width: Double
    private let forward: Double
    private let discount: Double
    private let sign: Double
    /// Forward's distance above the strike in standard deviations.
    private let deviation: Double
    private let density: Double
    private let tail: Double

    init(_ model: OptionModel, volatility: Double) {
        self.model = model
        self.volatility = volatility
        root = model.years.squareRoot()
        width = volatility * root
        forward = model.underlyingPrice * exponential(model.carry * model.years)
        discount = model.discount
        sign = model.sign
        deviation = (forward - model.strike) / width
        density = Normal.density(deviation)
        tail = density * MillsRatio.value(deviation.magnitude)
    }

    var price: Double {
        // phi - |d| times the tail is -M'(|d|) phi, which does not cancel.
        let time = width * density * -MillsRatio.slope(deviation.magnitude)
        return discount * (sign * deviation > 0 ? (forward - model.strike).magnitude + time : time)
    }

    var valuation: OptionValuation {
        let (years, price) = (model.years, self.price)
        // Forward units per unit of spot, and their value now.
        let growth = exponential(model.carry * years)
        let perSpot = discount * growth
        let inside = sign * deviation > 0 ? 1 - tail : tail
        let delta = perSpot * sign * inside
        let carried = discount * sign * inside * model.underlyingPrice * growth
        let perYear = model.rate * price - model.carry * carried - discount * volatility * density / (2 * root)
        let drift = model.carry * forward / width - deviation / (2 * years)
        return OptionValuation(
            price: price, delta: delta, gamma: perSpot * growth * density / width, theta: perYear / 365,
            vega: discount * root * density / 100,
            rho: (years * carried - years * price) / 100,
            vanna: -perSpot * density * deviation / volatility / 100,
            volga: discount * root * density * deviation * deviation / volatility / 10_000,
            charm: ((model.rate - model.carry) * delta - perSpot * density * drift) / 365)
    }
}
