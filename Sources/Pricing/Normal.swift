import Foundation

/// The standard normal distribution.
package enum Normal {
    /// Accurate in both tails: no difference of nearly equal numbers.
    package static func cumulative(_ value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }

    package static func density(_ value: Double) -> Double {
        exp(-value * value / 2) / (2 * Double.pi).squareRoot()
    }
}

func exponential(_ value: Double) -> Double { exp(value) }
func logarithm(_ value: Double) -> Double { log(value) }
