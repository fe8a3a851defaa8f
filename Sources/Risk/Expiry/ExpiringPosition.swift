package import PortfolioModel

/// A derivative near its end: where it stands, what may happen, and what that would take against what is there.
package struct ExpiringPosition: Sendable {
    package var row: PositionView
    package var daysLeft: Int
    package var risks: [AssignmentRisk]
    /// What assignment or exercise would exchange; nil where the terms do not suffice.
    package var exchange: ExerciseExchange?

    /// Derivatives of a view with at most `days` to expiry, and short options at risk whatever their days; by days,
    /// then in the view's order.
    package static func expiring(
        in view: PortfolioView, within days: Int, dividends: [String: [ExpectedDividend]], rate: Double,
        today: CalendarDate
    ) -> [ExpiringPosition] {
        view.positions.compactMap { row -> ExpiringPosition? in
            guard let left = row.daysToExpiry else { return nil }
            let risks = AssignmentRisk.risks(
                of: row, dividends: dividends[row.group] ?? [], rate: rate, today: today)
            guard left <= days || !risks.isEmpty else { return nil }
            return ExpiringPosition(row: row, daysLeft: left, risks: risks, exchange: ExerciseExchange(row, view))
        }
        .sorted { $0.daysLeft < $1.daysLeft }
    }
}
