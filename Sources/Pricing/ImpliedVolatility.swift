/// Why a quote has no implied volatility.
package enum ImpliedVolatilityError: String, Error, Sendable, Equatable {
    /// The price is not above what exercise at the forward is worth.
    case belowIntrinsic
    /// The price is not below what the option can ever be worth.
    case aboveUpperBound
    /// Nobody bids: half an ask is a mark, not evidence of a volatility.
    case noBid
    case crossed
    case expired
    /// No volatility in 0.0001 ... 50 gives the price, or an input is not a positive number.
    case notDetermined
}

/// Finds the volatility that gives a price, by Newton's method kept inside a bracket that shrinks at every step, so
/// that it ends after at most `maximumSteps` whatever the input.
package struct ImpliedVolatility: Sendable {
    package static let range: ClosedRange<Double> = 0.0001...50
    static let maximumSteps = 100

    /// The volatility of a quote's mid, as a fraction. `bid` nil or 0 throws `.noBid`.
    package static func solve(
        bid: Double?, ask: Double?, model: OptionModel
    ) throws(ImpliedVolatilityError) -> Double {
        guard let bid, bid > 0 else { throw .noBid }
        guard let ask, ask.isFinite, ask > 0 else { throw .notDetermined }
        if bid > ask { throw .crossed }
        return try solve(price: (bid + ask) / 2, model: model)
    }

    /// The volatility of a price, as a fraction.
    package static func solve(price: Double, model: OptionModel) throws(ImpliedVolatilityError) -> Double {
        if model.years <= 0 { throw .expired }
        guard price.isFinite, price > 0, model.underlyingPrice.isFinite, model.underlyingPrice > 0, model.strike > 0,
            model.years.isFinite
        else { throw .notDetermined }
        if price <= model.lowerBound { throw .belowIntrinsic }
        if price >= model.upperBound { throw .aboveUpperBound }
        var (low, high) = (range.lowerBound, range.upperBound)
        guard model.price(volatility: low) <= price, model.price(volatility: high) >= price else {
            throw .notDetermined
        }
        var guess = 0.3
        for _ in 0..<maximumSteps {
            let valuation = model.valuation(volatility: guess)
            let miss = valuation.price - price
            if miss == 0 || high - low < 1e-12 { return guess }
            if miss > 0 { high = guess } else { low = guess }
            let step = guess - miss / (valuation.vega * 100)
            let next = step.isFinite && step > low && step < high ? step : (low + high) / 2
            if (next - guess).magnitude < 1e-13 { return next }
            guess = next
        }
        return guess
    }
}
