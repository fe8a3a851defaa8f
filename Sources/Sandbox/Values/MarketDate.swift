package import Foundation
package import PortfolioModel

/// A calendar day, without a zone, as the sandbox counts them.
package struct MarketDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01, which is also dxFeed's `dayId`.
    package let dayNumber: Int

    package init(dayNumber: Int) {
        self.dayNumber = dayNumber
    }

    /// The day of a proleptic Gregorian date; the month counts from 1.
    package init(year: Int, month: Int, day: Int) {
        let shiftedYear = month > 2 ? year : year - 1
        let shiftedMonth = (month + 9) % 12
        let beforeYear = 365 * shiftedYear + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
        dayNumber = beforeYear + (153 * shiftedMonth + 2) / 5 + day - 1 - 719_468
    }

    /// The day it is in New York at an instant.
    package init(newYorkDayOf instant: Date) {
        let local = instant.timeIntervalSince1970 + Self.newYorkOffset(at: instant)
        dayNumber = Int((local / 86_400).rounded(.down))
    }

    package static func < (left: MarketDate, right: MarketDate) -> Bool {
        left.dayNumber < right.dayNumber
    }

    package func adding(days: Int) -> MarketDate {
        MarketDate(dayNumber: dayNumber + days)
    }

    package func days(until other: MarketDate) -> Int {
        other.dayNumber - dayNumber
    }

    /// 1 = Monday ... 7 = Sunday.
    package var weekday: Int {
        (((dayNumber + 3) % 7) + 7) % 7 + 1
    }

    package var isWeekend: Bool { weekday > 5 }

    /// Year, month from 1, day from 1.
    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// `2026-11-27`.
    package var iso: String {
        let parts = self.parts
        return "\(parts.year)-\(Self.twoDigits(parts.month))-\(Self.twoDigits(parts.day))"
    }

    /// `261127`.
    package var yymmdd: String {
        let parts = self.parts
        return Self.twoDigits(parts.year % 100) + Self.twoDigits(parts.month) + Self.twoDigits(parts.day)
    }

    /// `Nov`.
    package var monthName: String {
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][parts.month - 1]
    }

    /// The instant of a wall-clock time in New York on this day.
    package func newYork(hour: Int, minute: Int, second: Int = 0) -> Date {
        let utc = Double(dayNumber) * 86_400 + Double(hour * 3_600 + minute * 60 + second)
        let guess = Date(timeIntervalSince1970: utc + 5 * 3_600)
        return Date(timeIntervalSince1970: utc - Self.newYorkOffset(at: guess))
    }

    /// Seconds that New York is ahead of UTC (negative) at an instant.
    package static func newYorkOffset(at instant: Date) -> Double {
        Double(newYorkZone.secondsFromGMT(for: instant))
    }

    private static let newYorkZone = TimeZone(identifier: "America/New_York") ?? .gmt

    /// Parses `2026-11-27`; nil for anything else.
    package init?(iso text: some StringProtocol) {
        let pieces = text.split(separator: "-").map { Int($0) }
        guard pieces.count == 3, let year = pieces[0], let month = pieces[1], let day = pieces[2],
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    private static func twoDigits(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }
}

extension MarketDate {
    package init(_ date: CalendarDate) {
        self.init(dayNumber: date.dayNumber)
    }

    /// Whether the New York exchanges are open on this day.
    package var isSession: Bool {
        ExchangeCalendar.newYork.isSession(CalendarDate(dayNumber: dayNumber))
    }

    /// This day when it is a session, otherwise the next session.
    package var sessionOnOrAfter: MarketDate {
        var day = self
        while !day.isSession { day = day.adding(days: 1) }
        return day
    }

    /// This day when it is a session, otherwise the session before.
    package var sessionOnOrBefore: MarketDate {
        MarketDate(ExchangeCalendar.newYork.session(onOrBefore: CalendarDate(dayNumber: dayNumber)))
    }

    /// The session before this day.
    package var previousSession: MarketDate { adding(days: -1).sessionOnOrBefore }

    /// The first Friday on or after this day.
    package var fridayOnOrAfter: MarketDate {
        adding(days: (12 - weekday) % 7)
    }

    /// The third Friday of a month, when the standard options expire.
    package static func thirdFriday(year: Int, month: Int) -> MarketDate {
        MarketDate(year: year, month: month, day: 15).fridayOnOrAfter
    }

    /// Whether this day is its month's third Friday.
    package var isThirdFriday: Bool {
        self == Self.thirdFriday(year: parts.year, month: parts.month)
    }

    /// How many times this weekday has come in its month, from 1.
    package var weekdayOccurrence: Int {
        (parts.day - 1) / 7 + 1
    }
}
