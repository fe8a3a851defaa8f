import PortfolioModel
import Testing

struct ExchangeCalendarTests {
    private let calendar = ExchangeCalendar.newYork

    @Test(arguments: [
        ("2026-11-20", "2026-11-20T14:30:00.000Z", "2026-11-20T21:00:00.000Z"),
        ("2026-03-06", "2026-03-06T14:30:00.000Z", "2026-03-06T21:00:00.000Z"),
        ("2026-03-09", "2026-03-09T13:30:00.000Z", "2026-03-09T20:00:00.000Z"),
        ("2026-10-30", "2026-10-30T13:30:00.000Z", "2026-10-30T20:00:00.000Z"),
        ("2026-11-02", "2026-11-02T14:30:00.000Z", "2026-11-02T21:00:00.000Z"),
        ("2026-11-27", "2026-11-27T14:30:00.000Z", "2026-11-27T18:00:00.000Z"),
        ("2024-07-03", "2024-07-03T13:30:00.000Z", "2024-07-03T17:00:00.000Z"),
    ])
    func hours_followDaylightSavingAndEarlyCloses(day: String, open: String, close: String) throws {
        let date = try #require(CalendarDate(day))
        let hours = try #require(calendar.hours(on: date))
        #expect(hours.open.description == open)
        #expect(hours.close.description == close)
        #expect(calendar.isOpen(at: hours.open))
        #expect(!calendar.isOpen(at: hours.close))
        #expect(!calendar.isOpen(at: hours.open.adding(.microseconds(-1))))
    }

    @Test(arguments: ["2026-11-21", "2026-11-22", "2026-11-26", "2026-12-25", "2025-01-09", "2026-07-03"])
    func hours_areNone_whenTheExchangeIsClosed(day: String) throws {
        let date = try #require(CalendarDate(day))
        #expect(calendar.hours(on: date) == nil)
        #expect(!calendar.isSession(date))
    }

    @Test func sessions_passOverWeekendsAndHolidays() throws {
        let wednesday = try #require(CalendarDate("2026-11-25"))
        let monday = try #require(CalendarDate("2026-11-30"))
        #expect(calendar.sessions(after: wednesday, through: monday) == 2)
        #expect(calendar.sessions(after: monday, through: wednesday) == 0)
        #expect(calendar.session(onOrBefore: wednesday.adding(days: 1)) == wednesday)
    }

    @Test(arguments: [
        ("zone America/New_York\nhours 09:30 16:00\nthrough 2027-12-31\n2026-13-01 closed\n", 4),
        ("zone America/New_York\nhours 09:30 25:00\nthrough 2027-12-31\n", 2),
        ("zone America/New_York\nhours 09:30 16:00\nthrough 2027-12-31\n2026-01-01 early\n", 4),
        ("zone America/New_York\nhours 09:30 16:00\nthrough 2027-12-31\n2026-01-01 shut\n", 4),
        ("zone Nowhere/Else\nhours 09:30 16:00\nthrough 2027-12-31\n", 0), ("hours 09:30 16:00\n", 0), ("", 0),
    ])
    func data_isRefused_withItsLine(text: String, line: Int) {
        let error = #expect(throws: CalendarDataError.self) { try ExchangeCalendar(parsing: text) }
        #expect(error?.line == line)
    }
}
