package import PortfolioModel
import Pricing

/// Theoretical P&L of one underlying group over the underlying's price on several days, for a payoff drawing. In base
/// currency with FX and volatilities as they are.
package struct ProfitCurve: Sendable {
    /// P&L by price, as `prices`, once so many days have passed.
    package struct Line: Sendable {
        package let days: Double
        package let profits: [Double]
    }

    package let group: String
    package let base: Currency
    /// Of the group's underlying now.
    package let price: Double
    /// Ascending.
    package let prices: [Double]
    package let lines: [Line]
    /// What cannot be revalued: the group's legs, and positions of which the book does not say whose group they are.
    package let uncovered: [RevaluationBook.Uncovered]

    /// nil when the group has no leg. `days` nil: now, halfway to the group's next expiry, and at that expiry; for legs
    /// that never expire only now. Legs with other prices of the same group move by the same share.
    package init?(
        _ book: RevaluationBook, group: String, width: Double = 0.3, points: Int = 61, days: [Double]? = nil
    ) {
        let members = book.legs.filter { $0.group == group }
        let legs = members.filter { $0.obstacle == nil }
        guard let first = legs.first(where: { $0.isOption }) ?? legs.first, points >= 2 else { return nil }
        (self.group, base, price) = (group, book.base, first.price)
        uncovered =
            book.uncovered
            + members.compactMap { leg in leg.obstacle.map { .init(name: leg.name, reason: $0) } }
        let moves = (0..<points).map { max(-1, width * (2 * Double($0) / Double(points - 1) - 1)) }
        prices = moves.map { first.price * (1 + $0) }
        var pool = LegPool()
        for leg in legs { pool.add(leg) }
        lines = (days ?? Self.usualDays(legs)).map { days in
            var profits = [Double](repeating: 0, count: points)
            pool.addProfits(moves, volatilityPoints: [0], days: days, to: &profits[...])
            return Line(days: days, profits: profits)
        }
    }

    private static func usualDays(_ legs: [RevaluationLeg]) -> [Double] {
        guard let next = legs.compactMap(\.daysToExpiry).min() else { return [0] }
        return [0, next / 2, next]
    }
}

extension RevaluationLeg {
    package var isOption: Bool {
        if case .option = form { return true }
        return false
    }

    /// Calendar days, with their fraction; nil for what does not expire as an option.
    package var daysToExpiry: Double? {
        guard case .option(let pricing) = form else { return nil }
        return pricing.model.years * 365
    }
}
