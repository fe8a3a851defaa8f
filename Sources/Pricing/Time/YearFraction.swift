package import PortfolioModel

/// Time to an option's end, simple ACT/365.
package enum YearFraction {
    /// Years from an instant to 16:00 New York on the day of expiry, 09:30 for a morning settlement; negative
    /// afterwards.
    package static func toExpiry(_ expiry: CalendarDate, settlement: Settlement.Time = .pm, from now: Timestamp)
        -> Double
    {
        let zone = MarketZone.newYork
        let end =
            settlement == .am
            ? zone.instant(expiry, hour: 9, minute: 30) : zone.instant(expiry, hour: 16, minute: 0)
        return end.seconds(since: now) / (365 * 86_400)
    }
}
