package import PortfolioModel

/// One European option as a lognormal model sees it. With `isOnFuture` the underlying's price is the forward (Black
/// 1976); otherwise it is a spot with a continuous yield (Black and Scholes 1973, Merton 1973). American exercise is
/// priced as European: the early-exercise premium is left out.
package struct OptionModel: Sendable, Hashable {
    package var right: OptionRight
    /// Price of what one unit of quoted price is written on; above 0.
    package var underlyingPrice: Double
    package var strike: Double
    /// Years to expiry, of 365 days; above 0.
    package var years: Double
    /// Continuously compounded, per year, as a fraction.
    package var rate: Double
    package var yield: Double
    package var isOnFuture: Bool

    package init(
        right: OptionRight, underlyingPrice: Double, strike: Double, years: Double, rate: Double, yield: Double = 0,
        isOnFuture: Bool = false
    ) {
        self.right = right
        self.underlyingPrice = underlyingPrice
        self.strike = strike
        self.years = years
        self.rate = rate
        self.yield = yield
        self.isOnFuture = isOnFuture
    }

    /// Cost of carry: rate - yield for a spot, 0 for a forward.
    private var carry: Double { isOnFuture ? 0 : rate - yield }
    private var discount: Double { exponential(-rate * years) }
    /// What one unit of underlying delivered at expiry costs today, per unit of its price.
    private var underlyingDiscount: Double { exponential((carry - rate) * years) }
    private var sign: Double { right == .call ? 1 : -1 }

    package var forward: Double { underlyingPrice * exponential(carry * years) }
    /// Discounted gain of exercise at the forward: no European price is below it.
    package var lowerBound: Double { max(0, discount * sign * (forward - strike)) }
    /// Discounted forward for a call, discounted strike for a put: no price reaches it.
    package var upperBound: Double { discount * (right == .call ? forward : strike) }

    /// Price per unit, at a volatility as a fraction above 0.
    package func price(volatility: Double) -> Double {
        let (upper, lower) = deviations(volatility)
        let gain = forward * Normal.cumulative(sign * upper) - strike * Normal.cumulative(sign * lower)
        return max(0, discount * sign * gain)
    }

    /// Price and Greeks in domain units: delta, gamma per 1.00 of underlying, theta per calendar day, vega per
    /// volatility point, rho per rate point.
    package func valuation(volatility: Double) -> OptionValuation {
        let (upper, lower) = deviations(volatility)
        let root = years.squareRoot()
        let density = Normal.density(upper)
        let owned = underlyingDiscount * sign * Normal.cumulative(sign * upper)
        let owed = strike * discount * sign * Normal.cumulative(sign * lower)
        let decay = underlyingPrice * underlyingDiscount * density * volatility / (2 * root)
        let perYear = -decay - rate * owed - (carry - rate) * underlyingPrice * owned
        let price = max(0, underlyingPrice * owned - owed)
        return OptionValuation(
            price: price, delta: owned,
            gamma: underlyingDiscount * density / (underlyingPrice * volatility * root), theta: perYear / 365,
            vega: underlyingPrice * underlyingDiscount * density * root / 100,
            rho: (isOnFuture ? -years * price : years * owed) / 100)
    }

    /// The d1 and d2 of the literature.
    private func deviations(_ volatility: Double) -> (upper: Double, lower: Double) {
        let width = volatility * years.squareRoot()
        let upper = logarithm(forward / strike) / width + width / 2
        return (upper, upper - width)
    }
}

/// What a model says of one unit of an option, in domain units.
package struct OptionValuation: Sendable, Hashable {
    package var price: Double
    package var delta: Double
    package var gamma: Double
    package var theta: Double
    package var vega: Double
    package var rho: Double
}
