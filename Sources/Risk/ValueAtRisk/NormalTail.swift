import Pricing

/// Value at risk and expected shortfall of a normal distribution with mean 0, per unit of its standard deviation.
package struct NormalTail: Sendable, Hashable {
    /// The quantile z of the confidence.
    package let quantile: Double
    /// `density(z) / (1 - c)`.
    package let expectedShortfall: Double

    /// nil for a confidence outside 0 ..< 1.
    package init?(confidence: Double) {
        guard confidence > 0, confidence < 1 else { return nil }
        var (low, high) = (-40.0, 40.0)
        // Bisection ends when the doubles do: exact to the last bit of the distribution function.
        while true {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            // The upper tail, which keeps its digits where 1 - c is small.
            if Normal.cumulative(-middle) > 1 - confidence { low = middle } else { high = middle }
        }
        quantile = low
        expectedShortfall = Normal.density(low) / (1 - confidence)
    }
}
