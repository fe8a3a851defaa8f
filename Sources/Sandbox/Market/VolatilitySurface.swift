import Foundation

/// A volatility surface whose level, skew and term slope wander and come back.
package struct VolatilitySurface: Sendable {
    /// Multiplies every underlying's base volatility.
    package private(set) var level = 1.0
    /// Volatility per unit of standardised log-moneyness; negative makes low strikes dearer.
    package private(set) var skew = -0.10
    /// Relative rise of volatility per square root of a year.
    package private(set) var term = 0.08

    package init() {}

    /// Moves one step. Draws three numbers.
    mutating func step(using generator: inout SplitMix64) {
        level += 0.002 * (1 - level) + 0.0015 * generator.normal()
        skew += 0.002 * (-0.10 - skew) + 0.0005 * generator.normal()
        term += 0.002 * (0.08 - term) + 0.0005 * generator.normal()
        level = min(max(level, 0.5), 3)
    }

    /// Annual volatility as a fraction, in 0.04...3.
    package func volatility(base: Double, strike: Double, forward: Double, years: Double) -> Double {
        let root = max(years, 1.0 / 365).squareRoot()
        let moneyness = min(max(log(strike / forward) / (base * root), -6), 6)
        let smile = 1 + skew * moneyness + 0.015 * moneyness * moneyness
        return min(max(base * level * smile * (1 + term * root), 0.04), 3)
    }
}
