package import PortfolioModel

/// When the options of a market end on their last day: a fixed time, or the close of the session where that is earlier
/// or none is fixed.
package struct ExpiryCutoff: Sendable {
    package var calendar: ExchangeCalendar
    /// Local time at which trading or exercise ends; nil for the session's close.
    package var evening: ExchangeCalendar.ClockTime?
    /// Local time of the opening print that settles morning contracts; nil where there are none.
    package var morning: ExchangeCalendar.ClockTime?

    package init(
        calendar: ExchangeCalendar, evening: ExchangeCalendar.ClockTime? = nil,
        morning: ExchangeCalendar.ClockTime? = nil
    ) {
        self.calendar = calendar
        self.evening = evening
        self.morning = morning
    }

    /// US equity and index options: the close, 16:00 or 13:00 in New York; 09:30 for a morning settlement.
    package static let unitedStates = ExpiryCutoff(calendar: .newYork, morning: .init(hour: 9, minute: 30))
    /// Options on CME's equity index futures: 15:00 in Chicago; 08:30 for a morning settlement.
    package static let chicago = ExpiryCutoff(
        calendar: .chicago, evening: .init(hour: 15, minute: 0), morning: .init(hour: 8, minute: 30))
    /// NSE and BSE index and stock options: the close, 15:30 in Mumbai.
    package static let mumbai = ExpiryCutoff(calendar: .mumbai)
    /// NSE and BSE currency options: 12:30 in Mumbai.
    package static let mumbaiCurrency = ExpiryCutoff(calendar: .mumbai, evening: .init(hour: 12, minute: 30))
    /// MCX options: the close, 23:30 or 23:55 in Mumbai. Add the operator's holidays to its calendar.
    package static let multiCommodity = ExpiryCutoff(calendar: .multiCommodity)

    /// The last instant of an option that expires on a date; where that is no session, of the session before it.
    package func instant(_ expiry: CalendarDate, settlement: Settlement.Time = .pm) -> Timestamp {
        let date = calendar.session(onOrBefore: expiry)
        if settlement == .am, let morning { return calendar.instant(morning, date) }
        let close = calendar.hours(on: date)?.close
        guard let evening else { return close ?? calendar.instant(.init(hour: 0, minute: 0), date.adding(days: 1)) }
        let fixed = calendar.instant(evening, date)
        return close.map { min($0, fixed) } ?? fixed
    }
}
