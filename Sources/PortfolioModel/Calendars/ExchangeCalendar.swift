/// The sessions of one exchange: hours, holidays and early closes, from a data file.
///
/// File format, one statement a line, `#` starts a comment: `zone IDENTIFIER`, `hours HH:MM HH:MM`, `standard-close
/// HH:MM ZONE` (another close while that zone keeps its standard time), `through DATE`, `DATE closed`, `DATE early
/// HH:MM`, `DATE open HH:MM HH:MM` (a special session, also on a weekend). An opening that is not before the close is
/// on the calendar day before. Weekends are closed without being listed.
package struct ExchangeCalendar: Sendable {
    package let zone: MarketZone
    let hours: Hours
    let standardClose: StandardClose?
    private(set) var exceptions: [CalendarDate: Exception]
    /// Last date the data speaks of; later dates count as sessions unless they are weekends. nil when the data names no
    /// holidays at all.
    package private(set) var through: CalendarDate?

    package struct ClockTime: Sendable, Hashable {
        package var hour: Int
        package var minute: Int

        package init(hour: Int, minute: Int) {
            self.hour = hour
            self.minute = minute
        }
    }

    struct Hours: Sendable, Equatable {
        var open: ClockTime
        var close: ClockTime
    }

    /// A close that holds while another market's zone keeps its standard time.
    struct StandardClose: Sendable {
        var close: ClockTime
        var zone: MarketZone
    }

    /// What a date has instead of a regular session.
    enum Exception: Sendable, Equatable {
        case closed
        case early(ClockTime)
        case special(Hours)
    }

    init(
        zone: MarketZone, hours: Hours, standardClose: StandardClose?, exceptions: [CalendarDate: Exception],
        through: CalendarDate?
    ) {
        self.zone = zone
        self.hours = hours
        self.standardClose = standardClose
        self.exceptions = exceptions
        self.through = through
    }

    /// This calendar with the dates of an operator's file, which holds `through` and dates only and wins where both
    /// name a date. Throws `CalendarDataError` with the line.
    package func adding(_ text: String) throws(CalendarDataError) -> ExchangeCalendar {
        let data = try CalendarData(parsing: text)
        if let line = data.lineOfExchangeTerms {
            throw CalendarDataError(
                line: line.number, text: line.text,
                fix: "leave out zone and hours: only `through DATE` and dates belong here")
        }
        guard let through = data.through else {
            throw CalendarDataError(
                line: 0, text: "through is missing", fix: "say `through DATE`, the last date covered")
        }
        var result = self
        result.exceptions.merge(data.exceptions) { $1 }
        result.through = through
        return result
    }

    package func isSession(_ date: CalendarDate) -> Bool {
        switch exceptions[date] {
        case .closed: false
        case .special: true
        case .early, nil: !date.isWeekend
        }
    }

    /// Opening and closing instant of a session; nil when the exchange is closed that day.
    package func hours(on date: CalendarDate) -> (open: Timestamp, close: Timestamp)? {
        guard isSession(date) else { return nil }
        var hours = Hours(open: hours.open, close: regularClose(on: date))
        switch exceptions[date] {
        case .early(let close): hours.close = close
        case .special(let special): hours = special
        case .closed, nil: break
        }
        let isOvernight = exceptions[date].map(\.isSpecial) == true ? hours.open >= hours.close : opensOnDayBefore
        return (instant(hours.open, isOvernight ? date.adding(days: -1) : date), instant(hours.close, date))
    }

    private var opensOnDayBefore: Bool { hours.open >= hours.close }

    private func regularClose(on date: CalendarDate) -> ClockTime {
        guard let standardClose, !standardClose.zone.isDaylightSaving(on: date) else { return hours.close }
        return standardClose.close
    }

    package func isOpen(at instant: Timestamp) -> Bool {
        let today = zone.date(of: instant)
        return [today, today.adding(days: 1)].contains { date in
            hours(on: date).map { instant >= $0.open && instant < $0.close } ?? false
        }
    }

    /// The instant of a wall-clock time of the exchange.
    package func instant(_ time: ClockTime, _ date: CalendarDate) -> Timestamp {
        zone.instant(date, hour: time.hour, minute: time.minute)
    }

    /// Sessions after `start` up to and including `end`; 0 when `end` is not later.
    package func sessions(after start: CalendarDate, through end: CalendarDate) -> Int {
        var count = 0
        var date = start
        while date < end {
            date = date.adding(days: 1)
            if isSession(date) { count += 1 }
        }
        return count
    }

    /// The latest session on or before a date.
    package func session(onOrBefore date: CalendarDate) -> CalendarDate {
        var date = date
        while !isSession(date) { date = date.adding(days: -1) }
        return date
    }
}

extension ExchangeCalendar.Exception {
    var isSpecial: Bool {
        if case .special = self { true } else { false }
    }
}

extension ExchangeCalendar.ClockTime: Comparable {
    /// `HH:MM`.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60, hour >= 0,
            minute >= 0
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.hour, left.minute) < (right.hour, right.minute)
    }
}
