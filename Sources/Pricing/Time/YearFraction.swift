package import PortfolioModel

/// Time to an option's end, simple ACT/365 of seconds, on the last day too.
package struct YearFraction: Sendable, Hashable {
    /// Negative after the end.
    package var years: Double
    /// Set when a calendar does not cover the date: a holiday or an early close may be missing.
    package var warning: CalendarWarning?

    /// Years from an instant to the end of an option in a market.
    package init(
        to expiry: CalendarDate, settlement: Settlement.Time = .pm, cutoff: ExpiryCutoff, from now: Timestamp
    ) {
        years = Self.years(from: now, to: cutoff.instant(expiry, settlement: settlement))
        warning = cutoff.calendar.warning(for: expiry)
    }

    /// Years between two instants.
    package static func years(from start: Timestamp, to end: Timestamp) -> Double {
        end.seconds(since: start) / secondsPerYear
    }

    private static let secondsPerYear = 365.0 * 86_400

    /// Years from an instant to the end of a US option on its day of expiry; negative afterwards.
    package static func toExpiry(_ expiry: CalendarDate, settlement: Settlement.Time = .pm, from now: Timestamp)
        -> Double
    {
        YearFraction(to: expiry, settlement: settlement, cutoff: .unitedStates, from: now).years
    }
}
