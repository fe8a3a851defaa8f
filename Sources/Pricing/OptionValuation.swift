/// What a model says of one unit of an option, in domain units. NaN where the model has no answer: an input that is not
/// finite, or a price, strike, time or volatility that is not above 0.
package struct OptionValuation: Sendable, Hashable {
    package var price: Double
    /// Per 1.00 of underlying, as is gamma.
    package var delta: Double
    package var gamma: Double
    /// Per calendar day: dV/dt / 365, negative for most longs.
    package var theta: Double
    /// Per volatility point of 0.01.
    package var vega: Double
    /// Per rate point of 0.01.
    package var rho: Double
    /// Change of delta per volatility point, which is the change of vega per 1.00 of underlying.
    package var vanna = Double.nan
    /// Change of vega per volatility point.
    package var volga = Double.nan
    /// Change of delta per calendar day.
    package var charm = Double.nan

    static let unknown = OptionValuation(
        price: .nan, delta: .nan, gamma: .nan, theta: .nan, vega: .nan, rho: .nan)
}
