import PortfolioModel
import Pricing
import Testing

struct YearFractionTests {
    private static let cutoffs: [String: ExpiryCutoff] = [
        "us": .unitedStates, "cme": .chicago, "nse": .mumbai, "cds": .mumbaiCurrency, "mcx": .multiCommodity,
    ]

    @Test(arguments: [
        ("us", "2026-12-18", Settlement.Time.pm, "2026-12-18T21:00:00.000Z"),
        ("us", "2026-12-18", .am, "2026-12-18T14:30:00.000Z"),
        ("us", "2026-07-17", .pm, "2026-07-17T20:00:00.000Z"),
        // The day after Thanksgiving ends early.
        ("us", "2026-11-27", .pm, "2026-11-27T18:00:00.000Z"),
        // Good Friday is no session: the day before is the last.
        ("us", "2026-04-03", .pm, "2026-04-02T20:00:00.000Z"),
        ("cme", "2026-12-18", .pm, "2026-12-18T21:00:00.000Z"), ("cme", "2026-12-18", .am, "2026-12-18T14:30:00.000Z"),
        ("cme", "2026-09-07", .pm, "2026-09-07T17:00:00.000Z"),
        ("nse", "2026-11-23", .pm, "2026-11-23T10:00:00.000Z"),
        // A Tuesday that is a holiday.
        ("nse", "2026-11-24", .pm, "2026-11-23T10:00:00.000Z"), ("cds", "2026-11-23", .pm, "2026-11-23T07:00:00.000Z"),
        ("mcx", "2026-10-30", .pm, "2026-10-30T18:00:00.000Z"), ("mcx", "2026-11-20", .pm, "2026-11-20T18:25:00.000Z"),
    ])
    func cutoff_isTheExchanges(market: String, expiry: String, settlement: Settlement.Time, end: String) throws {
        let cutoff = try #require(Self.cutoffs[market])
        let date = try #require(CalendarDate(expiry))
        #expect(cutoff.instant(date, settlement: settlement).description == end)
    }

    @Test func years_runToTheSecondOnTheLastDay() throws {
        let expiry = try #require(CalendarDate("2026-11-23"))
        let end = try #require(Timestamp("2026-11-23T10:00:00Z"))
        for seconds in [3600, 60, 1, 0, -1, -86_400] {
            let time = YearFraction(to: expiry, cutoff: .mumbai, from: end.adding(.seconds(-seconds)))
            #expect(time.years == Double(seconds) / (365 * 86_400))
            #expect(time.warning == nil)
        }
    }

    @Test func warning_comesWithADateThatTheCalendarDoesNotCover() throws {
        let far = try #require(CalendarDate("2031-03-28"))
        let now = try #require(Timestamp("2026-11-23T10:00:00Z"))
        let time = YearFraction(to: far, cutoff: .mumbai, from: now)
        let last = try #require(ExchangeCalendar.mumbai.through)
        #expect(time.warning == .pastEnd(far, through: last))
        #expect(abs(time.years - 4.35) < 0.01)
        #expect(YearFraction(to: far, cutoff: .multiCommodity, from: now).warning == .noHolidays(far))
    }
}
