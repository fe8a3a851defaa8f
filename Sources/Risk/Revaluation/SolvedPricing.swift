import PortfolioModel
import Pricing

/// One option at one volatility and on one day, for many prices of its underlying: what does not depend on that price
/// is done once.
package struct SolvedPricing: Sendable {
    private let model: OptionModel
    private let volatility: Double
    private let slope: Double
    private let cash: Double
    private let isOver: Bool
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
        isOver = moved.years <= Self.leastYears
        volatility = max(PositionPricing.leastVolatility, pricing.volatility + volatilityPoints / 100)
        (slope, cash) = (pricing.slope, pricing.cash)
    }

    /// Price of one unit at a price of the underlying.
    package func price(at underlying: Double) -> Double {
        let delivered = slope * underlying + cash
        guard !isOver, delivered > 0 else { return intrinsic(delivered) }
        var model = model
        model.underlyingPrice = delivered
        return model.price(volatility: volatility)
    }

    private func intrinsic(_ delivered: Double) -> Double {
        max(0, model.right == .call ? delivered - model.strike : model.strike - delivered)
    }
}
