import PortfolioModel
import Testing

struct TimestampTests {
    @Test(arguments: [
        ("2026-11-21T14:30:00Z", "2026-11-21T14:30:00.000Z"), ("2026-11-21 14:30:00z", "2026-11-21T14:30:00.000Z"),
        ("2026-11-21T14:30:00.25Z", "2026-11-21T14:30:00.250Z"),
        ("2026-11-21T14:30:00.123456789Z", "2026-11-21T14:30:00.123Z"),
        ("2026-11-21T14:30:00+05:30", "2026-11-21T09:00:00.000Z"),
        ("2026-11-21T14:30:00.000-0500", "2026-11-21T19:30:00.000Z"),
        ("2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00.000Z"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"), ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
    ])
    func text_isRead(text: String, expected: String) throws {
        let time = try #require(Timestamp(text))
        #expect(time.description == expected)
        #expect(Timestamp(time.description)?.description == expected)
    }

    @Test(arguments: [
        "2026-11-21T14:30:00", "2026-11-21T14:30Z", "2026-11-21", "", "2026-11-21T24:00:00Z", "2026-11-21T14:60:00Z",
        "2026-11-21T14:30:61Z", "2026-11-21T14:30:00.Z", "2026-11-21T14:30:00.1234567890Z", "2026-02-30T14:30:00Z",
        "2026-11-21T14:30:00+05", "2026-11-21T14:30:00+0:530", "2026-11-21T14:30:00+05:30x",
        "2026-11-21T14:30:00+24:00", "2026-11-21T14:30:00ZZ", "2026-11-21X14:30:00Z", "2026-11-21T1a:30:00Z",
        "2026-11-21T14:30:00++530", "2026-11-21T14:30:00+:0:530",
    ])
    func text_isRefused(text: String) { #expect(Timestamp(text) == nil) }

    @Test func fraction_keepsMicroseconds() {
        #expect(Timestamp("1970-01-01T00:00:01.000001Z")?.microseconds == 1_000_001)
        #expect(Timestamp("1970-01-01T00:00:01.0000019Z")?.microseconds == 1_000_001)
    }

    /// Noon in London is the next day on Kiritimati, and the present one in New York.
    @Test func latestDate_isOfWhereTheDayIsFurthestOn() throws {
        #expect(try #require(Timestamp("2026-11-30T09:59:59Z")).latestDate.description == "2026-11-30")
        #expect(try #require(Timestamp("2026-11-30T10:00:00Z")).latestDate.description == "2026-12-01")
    }

    @Test func utcDate_isTheDayBefore_justBeforeTheEpoch() {
        #expect(Timestamp(microseconds: -1).utcDate.description == "1969-12-31")
        #expect(Timestamp(microseconds: 0).utcDate.description == "1970-01-01")
    }
}
