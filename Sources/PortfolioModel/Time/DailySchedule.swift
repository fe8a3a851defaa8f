/// A wall-clock time that comes once a day in a zone, also on the days on which clocks change: a time that a change
/// skips comes when the clocks are forward, one that it repeats comes the first time.
package struct DailySchedule: Sendable, Hashable {
    package var zone: MarketZone
    package var hour: Int
    package var minute: Int

    package init(zone: MarketZone, hour: Int, minute: Int) {
        self.zone = zone
        self.hour = hour
        self.minute = minute
    }

    package func instant(on date: CalendarDate) -> Timestamp { zone.instant(date, hour: hour, minute: minute) }

    /// The first time after an instant.
    package func next(after instant: Timestamp) -> Timestamp {
        var date = zone.date(of: instant)
        while self.instant(on: date) <= instant { date = date.adding(days: 1) }
        return self.instant(on: date)
    }

    /// The last time at or before an instant.
    package func last(atOrBefore instant: Timestamp) -> Timestamp {
        var date = zone.date(of: instant)
        while self.instant(on: date) > instant { date = date.adding(days: -1) }
        return self.instant(on: date)
    }
}
