import PortfolioModel
import Pricing

/// What a model needs beside a contract's terms and its underlying's price.
struct ModelMarket: Sendable {
    let assumptions: ModelAssumptions
    let now: Timestamp
    /// The feed's word of the underlying.
    let profile: ProfileEvent?
    /// What a future or the quotes of the option's own strip state; nil where they say nothing.
    var forward: StatedForward?

    private static let microsecondsPerMinute: Int64 = 60_000_000
    private static let secondsPerDay = 86_400.0

    /// Years to an instant. While more than a day is left the present is taken to its minute, so that what was solved
    /// stays good until the market or the minute changes.
    func years(to end: Timestamp) -> Double {
        var start = now
        if end.seconds(since: now) > Self.secondsPerDay {
            let past = now.microseconds % Self.microsecondsPerMinute
            start = Timestamp(microseconds: now.microseconds - past)
        }
        return YearFraction.years(from: start, to: end)
    }

    /// Dividends that lower the underlying's price from now on: the configuration's for its symbol, else the one that
    /// the feed announces.
    func dividends(on symbol: String, in calendar: ExchangeCalendar, before end: Timestamp) -> [CashDividend] {
        let announced = ExpectedDividend(profile, source: "feed").map { [$0] } ?? []
        return (assumptions.dividends[symbol] ?? announced).compactMap {
            dividend($0.exDate, $0.amount, calendar, end)
        }
    }

    /// The price falls at the opening of the ex-date. nil when that is past, or not before `end`.
    private func dividend(
        _ exDate: CalendarDate, _ amount: Double, _ calendar: ExchangeCalendar, _ end: Timestamp
    ) -> CashDividend? {
        guard amount.isFinite, amount > 0 else { return nil }
        let opening = calendar.hours(on: exDate)?.open ?? calendar.instant(.init(hour: 0, minute: 0), exDate)
        guard opening > now, opening < end else { return nil }
        return CashDividend(years: years(to: opening), amount: amount)
    }
}
