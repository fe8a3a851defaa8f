import Foundation

/// The time zone of a market or a source; dates of instants are taken in it.
package struct MarketZone: Sendable, Hashable {
    package let identifier: String
    private let zone: TimeZone

    /// nil for an identifier the zone database does not know.
    package init?(_ identifier: String) {
        guard let zone = TimeZone(identifier: identifier) else { return nil }
        self.identifier = identifier
        self.zone = zone
    }

    private init(_ zone: TimeZone) {
        identifier = zone.identifier
        self.zone = zone
    }

    package static let newYork = MarketZone(TimeZone(identifier: "America/New_York") ?? .gmt)
    package static let frankfurt = MarketZone(TimeZone(identifier: "Europe/Berlin") ?? .gmt)

    /// Seconds east of UTC at an instant.
    package func offset(at instant: Timestamp) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microseconds) / 1e6))
    }

    /// Whether clocks are an hour ahead at midday of a date.
    package func isDaylightSaving(on date: CalendarDate) -> Bool {
        let midday = instant(date, hour: 12, minute: 0)
        return zone.isDaylightSavingTime(for: Date(timeIntervalSince1970: Double(midday.microseconds) / 1e6))
    }

    package func date(of instant: Timestamp) -> CalendarDate {
        instant.adding(.seconds(offset(at: instant))).utcDate
    }

    /// The instant of a wall-clock time on a date; in a repeated hour the first one.
    package func instant(_ date: CalendarDate, hour: Int, minute: Int) -> Timestamp {
        let local = Timestamp(seconds: date.dayNumber * 86_400 + hour * 3600 + minute * 60)
        let guess = local.adding(.seconds(-offset(at: local)))
        return local.adding(.seconds(-offset(at: guess)))
    }
}
