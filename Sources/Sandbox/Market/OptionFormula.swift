import Foundation

/// The lognormal price of one option, exercised at expiry only, and Greeks by finite differences of that price.
package struct OptionFormula: Sendable {
    package var isCall: Bool
    package var strike: Double
    /// Years to expiry, of 365 days.
    package var years: Double
    /// Continuously compounded, per year.
    package var rate: Double
    package var yield: Double
    /// Whether the underlying is itself a future, so that its price is the forward (Black 1976).
    package var isOnFuture: Bool

    package init(isCall: Bool, strike: Double, years: Double, rate: Double, yield: Double, isOnFuture: Bool) {
        self.isCall = isCall
        self.strike = strike
        self.years = years
        self.rate = rate
        self.yield = yield
        self.isOnFuture = isOnFuture
    }

    package static func normalCDF(_ value: Double) -> Double {
        erfc(-value / 2.0.squareRoot()) / 2
    }

    package func forward(spot: Double) -> Double {
        isOnFuture ? spot : spot * exp((rate - yield) * years)
    }

    /// The price in units of the underlying's price, not rounded.
    package func price(spot: Double, volatility: Double) -> Double {
        let forward = forward(spot: spot)
        let deviation = volatility * years.squareRoot()
        let upper = log(forward / strike) / deviation + deviation / 2
        let sign = isCall ? 1.0 : -1.0
        let gain = forward * Self.normalCDF(sign * upper) - strike * Self.normalCDF(sign * (upper - deviation))
        return max(0, exp(-rate * years) * sign * gain)
    }

    /// Greeks at a fixed volatility, in the units of `MarketGreeks`.
    package func greeks(spot: Double, volatility: Double) -> MarketGreeks {
        func at(_ spot: Double, _ volatility: Double, _ change: (inout OptionFormula) -> Void = { _ in }) -> Double {
            var formula = self
            change(&formula)
            return formula.price(spot: spot, volatility: volatility)
        }
        let centre = at(spot, volatility)
        let width = spot * min(1e-4, 0.02 * volatility * years.squareRoot())
        let (up, down) = (at(spot + width, volatility), at(spot - width, volatility))
        let later = years * 1e-3
        let decay = at(spot, volatility) { $0.years -= later } - at(spot, volatility) { $0.years += later }
        let small = 1e-4
        let vega = at(spot, volatility + small) - at(spot, volatility - small)
        let rho = at(spot, volatility) { $0.rate += small } - at(spot, volatility) { $0.rate -= small }
        return MarketGreeks(
            price: centre, volatility: volatility, delta: (up - down) / (2 * width),
            gamma: (up - 2 * centre + down) / (width * width), theta: decay / (2 * later) / 365,
            vega: vega / (2 * small) / 100, rho: rho / (2 * small) / 100)
    }
}
