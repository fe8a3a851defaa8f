import PortfolioModel
import Pricing

/// One option at one volatility and on one day, for many prices of its underlying: what does not depend on that price
/// is done once.
package struct SolvedPricing: Sendable {
    /// nil once time is up: then the price is what exercise pays.
    private let solved: SolvedOption?
    private let model: OptionModel
    private let slope: Double
    private let cash: Double
    /// Less time than this, some 30 ms, is none: what remains of a subtraction.
    private static let leastYears = 1e-9

    /// - Parameters:
    ///   - volatilityPoints: added to the position's own volatility, which never falls below the least one a model
    ///     takes.
    ///   - days: calendar days that have passed; at or after expiry the price is what exercise pays.
    package init(_ pricing: PositionPricing, volatilityPoints: Double = 0, days: Double = 0) {
        var moved = pricing.model
        moved.years -= days / 365
        model = moved
        let volatility = max(PositionPricing.leastVolatility, pricing.volatility + volatilityPoints / 100)
        solved =
            moved.years <= Self.leastYears ? nil : SolvedOption(moved, volatility: volatility, pricesOnly: true)
        (slope, cash) = (pricing.slope, pricing.offset)
    }

    /// Price of one unit at a price of the underlying.
    package func price(at underlying: Double) -> Double {
        let delivered = slope * underlying + cash
        guard let solved, delivered > 0 else { return intrinsic(delivered) }
        return solved.price(at: delivered)
    }

    private func intrinsic(_ delivered: Double) -> Double {
        max(0, model.right == .call ? delivered - model.strike : model.strike - delivered)
    }
}
