import PortfolioModel
import Pricing

/// One option at one volatility and on one day, for many prices of its underlying: what early exercise and dividends
/// cost to solve, which does not depend on that price, is done once.
package struct SolvedPricing: Sendable {
    /// Less time than this, some 30 ms, is none: what remains of a subtraction.
    private static let leastYears = 1e-9

    private let right: OptionRight
    private let strike: Double
    private let slope: Double
    private let offset: Double
    /// nil once time is up.
    private let solved: SolvedOption?

    /// - Parameters:
    ///   - volatilityPoints: added to the position's own volatility, which never falls below the least one a model
    ///     takes.
    ///   - days: calendar days that have passed; at or after expiry the price is what exercise pays. Dividends that
    ///     have gone ex by then have no part.
    package init(_ pricing: PositionPricing, volatilityPoints: Double = 0, days: Double = 0) {
        let moved = Self.moved(pricing, days)
        self.init(
            pricing,
            moved.years <= Self.leastYears
                ? nil
                : SolvedOption(moved, volatility: Self.volatility(pricing, volatilityPoints), pricesOnly: true))
    }

    private init(_ pricing: PositionPricing, _ solved: SolvedOption?) {
        (right, strike) = (pricing.model.right, pricing.model.strike)
        (slope, offset, self.solved) = (pricing.slope, pricing.offset, solved)
    }

    /// The option on one day at several volatilities, which together cost less than one by one.
    static func all(_ pricing: PositionPricing, volatilityPoints: [Double], days: Double) -> [SolvedPricing] {
        let moved = moved(pricing, days)
        guard moved.years > leastYears else { return volatilityPoints.map { _ in SolvedPricing(pricing, nil) } }
        return SolvedOption.solve(moved, volatilities: volatilityPoints.map { volatility(pricing, $0) }).map {
            SolvedPricing(pricing, $0)
        }
    }

    private static func volatility(_ pricing: PositionPricing, _ points: Double) -> Double {
        max(PositionPricing.leastVolatility, pricing.volatility + points / 100)
    }

    private static func moved(_ pricing: PositionPricing, _ days: Double) -> OptionModel {
        var moved = pricing.model
        moved.years -= days / 365
        for place in moved.dividends.indices { moved.dividends[place].years -= days / 365 }
        return moved
    }

    /// Price of one unit at a price of the underlying.
    package func price(at underlying: Double) -> Double {
        let delivered = slope * underlying + offset
        guard let solved, delivered > 0 else { return intrinsic(delivered) }
        return solved.price(at: delivered)
    }

    private func intrinsic(_ delivered: Double) -> Double {
        max(0, right == .call ? delivered - strike : strike - delivered)
    }
}
