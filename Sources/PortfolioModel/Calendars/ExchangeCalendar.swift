/// The regular sessions of one exchange: hours, holidays and early closes, from a data file.
///
/// File format, one statement a line, `#` starts a comment: `zone IDENTIFIER`, `hours HH:MM HH:MM`, `through DATE`,
/// `DATE closed`, `DATE early HH:MM`. Weekends are closed without being listed.
package struct ExchangeCalendar: Sendable {
    package let zone: MarketZone
    private let open: ClockTime
    private let close: ClockTime
    private let closed: Set<CalendarDate>
    private let early: [CalendarDate: ClockTime]
    /// Last date the data speaks of; later dates count as sessions unless they are weekends.
    package let through: CalendarDate

    package struct ClockTime: Sendable, Equatable {
        var hour: Int
        var minute: Int
    }

    /// Throws `CalendarDataError` with the line.
    package init(parsing text: String) throws(CalendarDataError) {
        var zone: MarketZone?
        var hours: (ClockTime, ClockTime)?
        var through: CalendarDate?
        var closed: Set<CalendarDate> = []
        var early: [CalendarDate: ClockTime] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.prefix { $0 != "#" }.split(separator: " ")
            guard let first = words.first else { continue }
            let bad = CalendarDataError(line: index + 1, text: String(line))
            switch (first, words.count) {
            case ("zone", 2): zone = MarketZone(String(words[1]))
            case ("through", 2): through = CalendarDate(words[1])
            case ("hours", 3):
                guard let from = ClockTime(words[1]), let to = ClockTime(words[2]) else { throw bad }
                hours = (from, to)
            default:
                guard let date = CalendarDate(first) else { throw bad }
                if words.count == 2, words[1] == "closed" {
                    closed.insert(date)
                } else if words.count == 3, words[1] == "early", let time = ClockTime(words[2]) {
                    early[date] = time
                } else {
                    throw bad
                }
            }
        }
        guard let zone, let hours, let through else {
            throw CalendarDataError(line: 0, text: "zone, hours or through is missing")
        }
        (self.zone, self.through, self.closed, self.early) = (zone, through, closed, early)
        (open, close) = hours
    }

    /// NYSE and Nasdaq regular sessions, from the data built into the program.
    package static let newYork: ExchangeCalendar = {
        let text = String(decoding: PackageResources.xnys_txt, as: UTF8.self)
        do { return try ExchangeCalendar(parsing: text) } catch {
            // Safety: the data is compiled in and read by a test; a build with broken data cannot be released.
            preconditionFailure("built-in calendar: \(error)")
        }
    }()

    package func isSession(_ date: CalendarDate) -> Bool { !date.isWeekend && !closed.contains(date) }

    /// Opening and closing instant of a session; nil when the exchange is closed that day.
    package func hours(on date: CalendarDate) -> (open: Timestamp, close: Timestamp)? {
        guard isSession(date) else { return nil }
        let end = early[date] ?? close
        return (
            zone.instant(date, hour: open.hour, minute: open.minute),
            zone.instant(date, hour: end.hour, minute: end.minute)
        )
    }

    package func isOpen(at instant: Timestamp) -> Bool {
        guard let hours = hours(on: zone.date(of: instant)) else { return false }
        return instant >= hours.open && instant < hours.close
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

extension ExchangeCalendar.ClockTime {
    /// `HH:MM`.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60 else {
            return nil
        }
        self.init(hour: hour, minute: minute)
    }
}

/// A calendar data file could not be read; `line` counts from 1, 0 for the file as a whole.
package struct CalendarDataError: Error, Sendable, Equatable {
    package var line: Int
    package var text: String
}
