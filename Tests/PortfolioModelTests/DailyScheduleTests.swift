import PortfolioModel
import Testing

/// Row 17 of the fault matrix: over two changes of the clocks in three zones, no day is missing and none comes twice.
struct DailyScheduleTests {
    @Test(arguments: ["America/New_York", "Asia/Kolkata", "UTC"])
    func eachDay_comesOnce_overBothChangesOfTheClocks(zone: String) throws {
        let zone = try #require(MarketZone(zone))
        for (hour, minute) in [(0, 0), (1, 30), (2, 30), (9, 30), (16, 0), (23, 59)] {
            let schedule = DailySchedule(zone: zone, hour: hour, minute: minute)
            var now = try #require(Timestamp("2026-03-01T05:00:00Z"))
            let end = try #require(Timestamp("2026-11-30T05:00:00Z"))
            var dates: [CalendarDate] = []
            while now < end {
                let next = schedule.next(after: now)
                #expect(next > now)
                #expect(schedule.last(atOrBefore: next) == next)
                #expect(schedule.last(atOrBefore: next.adding(.microseconds(-1))) < next)
                dates.append(zone.date(of: next))
                now = next
            }
            let missing = zip(dates, dates.dropFirst()).count { $0.adding(days: 1) != $1 }
            #expect(missing == 0)
            #expect(Set(dates).count == dates.count)
            #expect(dates.count >= 270)
        }
    }

    @Test func sessions_keepTheirWallClockHours_overBothChangesOfTheClocks() throws {
        let calendar = ExchangeCalendar.newYork
        var date = try #require(CalendarDate("2026-03-02"))
        var seen = 0
        while date < (try #require(CalendarDate("2026-11-13"))) {
            if let hours = calendar.hours(on: date) {
                seen += 1
                #expect(calendar.zone.date(of: hours.open) == date)
                let midnight = calendar.zone.instant(date, hour: 0, minute: 0)
                #expect(calendar.zone.offset(at: hours.open) == calendar.zone.offset(at: hours.close))
                #expect(midnight < hours.open)
                #expect([6.5, 3.5].contains(hours.close.seconds(since: hours.open) / 3600))
            }
            date = date.adding(days: 1)
        }
        #expect(
            seen == calendar.sessions(after: try #require(CalendarDate("2026-03-01")), through: date.adding(days: -1)))
    }
}
