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
        ("zone Nowhere/Else\nhours 09:30 16:00\nthrough 2027-12-31\n", 1), ("hours 09:30 16:00\n", 0), ("", 0),
    ])
    func data_isRefused_withItsLine(text: String, line: Int) {
        let error = #expect(throws: CalendarDataError.self) { try ExchangeCalendar(parsing: text) }
        #expect(error?.line == line)
    }

    @Test(arguments: [
        // CME opens on the evening before, also on Sunday; Labor Day ends at noon.
        ("chicago", "2026-11-23", "2026-11-22T23:00:00.000Z", "2026-11-23T22:00:00.000Z"),
        ("chicago", "2026-09-07", "2026-09-06T22:00:00.000Z", "2026-09-07T17:00:00.000Z"),
        ("mumbai", "2026-11-23", "2026-11-23T03:45:00.000Z", "2026-11-23T10:00:00.000Z"),
        // MCX ends later while New York keeps its standard time, a week before and after India notices nothing.
        ("multiCommodity", "2026-10-30", "2026-10-30T03:30:00.000Z", "2026-10-30T18:00:00.000Z"),
        ("multiCommodity", "2026-11-02", "2026-11-02T03:30:00.000Z", "2026-11-02T18:25:00.000Z"),
    ])
    func hours_followEachExchange(name: String, day: String, open: String, close: String) throws {
        let calendar = try #require(Self.builtIn[name])
        let hours = try #require(calendar.hours(on: try date(day)))
        #expect(hours.open.description == open)
        #expect(hours.close.description == close)
        #expect(calendar.isOpen(at: hours.open) && !calendar.isOpen(at: hours.close))
    }

    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    private static let builtIn: [String: ExchangeCalendar] = [
        "newYork": .newYork, "chicago": .chicago, "mumbai": .mumbai, "multiCommodity": .multiCommodity,
    ]

    /// As the exchanges' circulars list them.
    @Test(arguments: [
        "2026-01-15", "2026-01-26", "2026-03-03", "2026-03-26", "2026-03-31", "2026-04-03", "2026-04-14", "2026-05-01",
        "2026-05-28", "2026-06-26", "2026-09-14", "2026-10-02", "2026-10-20", "2026-11-10", "2026-11-24", "2026-12-25",
        "2025-10-21", "2025-11-05",
    ])
    func mumbai_isClosedOnItsHolidays(day: String) throws {
        #expect(!ExchangeCalendar.mumbai.isSession(try date(day)))
    }

    @Test func warning_isGiven_pastTheEndOfTheData() throws {
        let last = try #require(ExchangeCalendar.mumbai.through)
        #expect(ExchangeCalendar.mumbai.warning(for: last) == nil)
        let next = last.adding(days: 1)
        #expect(ExchangeCalendar.mumbai.warning(for: next) == .pastEnd(next, through: last))
        #expect(ExchangeCalendar.multiCommodity.warning(for: last) == .noHolidays(last))
    }

    @Test func operatorsFile_addsHolidaysAndSpecialSessions() throws {
        let calendar = try ExchangeCalendar.multiCommodity.adding(
            """
            # MCX 2026
            through 2026-12-31
            2026-11-24 open 17:00 23:55
            2026-11-08 open 18:00 19:15   # Muhurat, a Sunday
            2026-12-25 closed
            """)
        let christmas = try #require(CalendarDate("2026-12-25"))
        #expect(!calendar.isSession(christmas) && calendar.warning(for: christmas) == nil)
        let muhurat = try #require(calendar.hours(on: try date("2026-11-08")))
        #expect(muhurat.open.description == "2026-11-08T12:30:00.000Z")
        let evening = try #require(calendar.hours(on: try date("2026-11-24")))
        #expect(evening.open.description == "2026-11-24T11:30:00.000Z")
    }

    @Test(arguments: [
        ("2026-12-25 closed\n", 0), ("through 2026-12-31\nzone Asia/Kolkata\n", 2),
        ("through 2026-12-31\n\n2026-12-25 shut\n", 3),
        ("through 2026-12-31\n2026-12-25 closed\n2026-12-25 closed\n", 3),
        ("through soon\n", 1), ("through 2026-12-31\n25/12/2026 closed\n", 2),
        ("through 2026-12-31\n2026-12-25 open 9:00\n", 2),
    ])
    func operatorsFile_isRefused_withItsLineAndAFix(text: String, line: Int) {
        let error = #expect(throws: CalendarDataError.self) { try ExchangeCalendar.multiCommodity.adding(text) }
        #expect(error?.line == line)
        #expect(error?.fix.isEmpty == false)
    }
}
