/// Value at risk and expected shortfall of equally likely outcomes.
///
/// Convention: of n outcomes sorted by loss, the largest first, value at risk is the loss at rank `ceil((1 - c) n)`,
/// without interpolation, and expected shortfall (CVaR) the mean of the losses of that rank and those before it. Both
/// are positive for a loss.
package struct LossTail: Sendable, Hashable {
    /// Outcomes.
    package let count: Int
    /// From 1, the largest loss.
    package let rank: Int
    package let valueAtRisk: Double
    package let expectedShortfall: Double
    /// Of the value at risk, from the spacing of the losses around its rank: half the distance between the losses one
    /// binomial standard deviation of the rank, `sqrt(n c (1 - c))`, to either side. It needs no assumption on the
    /// distribution.
    package let standardError: Double

    /// nil without outcomes, with one that is not a number, or with a confidence outside 0 ..< 1.
    package init?(profits: [Double], confidence: Double) {
        guard !profits.isEmpty, confidence > 0, confidence < 1, profits.allSatisfy(\.isFinite) else { return nil }
        count = profits.count
        let losses = profits.sorted().map { -$0 }
        let tail = (1 - confidence) * Double(count)
        // The subtraction's own rounding must not add a rank: 1 - 0.99 is a little above 0.01.
        rank = min(count, max(1, Int((tail - 1e-9 * Double(count)).rounded(.up))))
        valueAtRisk = losses[rank - 1]
        expectedShortfall = losses[..<rank].reduce(0, +) / Double(rank)
        let deviation = (Double(count) * confidence * (1 - confidence)).squareRoot()
        let reach = max(1, Int(deviation.rounded()))
        let (near, far) = (max(0, rank - 1 - reach), min(count - 1, rank - 1 + reach))
        standardError = far > near ? (losses[near] - losses[far]) / Double(far - near) * deviation : 0
    }
}
