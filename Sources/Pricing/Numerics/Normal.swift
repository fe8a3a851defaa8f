import Foundation

/// The standard normal distribution.
package enum Normal {
    /// Accurate in both tails: no difference of nearly equal numbers.
    package static func cumulative(_ value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }

    package static func density(_ value: Double) -> Double { exponential(-value * value / 2) * inverseRootOfTwoPi }

    static let inverseRootOfTwoPi = 0.398942280401432677939946
}

func exponential(_ value: Double) -> Double { exp(value) }
func logarithm(_ value: Double) -> Double { log(value) }

/// `ln(numerator / denominator)` of positive numbers. Relative accuracy holds up to a ratio of 1, since nearly equal
/// numbers are subtracted exactly (Sterbenz 1974).
func logarithmOfRatio(_ numerator: Double, _ denominator: Double) -> Double {
    let ratio = numerator / denominator
    return ratio > 0.5 && ratio < 2 ? log1p((numerator - denominator) / denominator) : log(ratio)
}
