/// An instant in UTC, in microseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }
    package init(milliseconds: Int64) { microseconds = milliseconds &* 1000 }
    package init(seconds: Int) { microseconds = Int64(seconds) * 1_000_000 }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

    /// Seconds from `earlier` to this instant; negative when `earlier` is later.
    package func seconds(since earlier: Timestamp) -> Double {
        Double(microseconds - earlier.microseconds) / 1e6
    }

    package func adding(_ duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(microseconds: microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }

    /// The earliest of those that are there; nil when none is.
    package static func earliest(_ times: Timestamp?...) -> Timestamp? { times.lazy.compactMap { $0 }.min() }

    /// The calendar date in UTC.
    package var utcDate: CalendarDate {
        let day = microseconds / 86_400_000_000
        return CalendarDate(dayNumber: Int(microseconds < 0 && microseconds % 86_400_000_000 != 0 ? day - 1 : day))
    }

    /// The date where the day is furthest on, UTC+14: a later one has begun nowhere.
    package var latestDate: CalendarDate { adding(.seconds(14 * 3600)).utcDate }

    /// RFC 3339 in UTC with milliseconds: `2026-11-21T14:30:00.250Z`.
    package var description: String {
        let date = utcDate
        let ofDay = microseconds - Int64(date.dayNumber) * 86_400_000_000
        let seconds = Int(ofDay / 1_000_000)
        let milliseconds = Int(ofDay % 1_000_000) / 1000
        let clock = "\(digits(seconds / 3600, 2)):\(digits(seconds / 60 % 60, 2)):\(digits(seconds % 60, 2))"
        return "\(date)T\(clock).\(digits(milliseconds, 3))Z"
    }
}

extension Timestamp {
    /// Parses ISO 8601 date-times with `Z`, `+hh:mm` or `+hhmm`, and up to nine places of seconds. A time without an
    /// offset is refused: guessing a zone is how trade dates move.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let date = CalendarDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = Self.number(bytes[11..<13]), let minute = Self.number(bytes[14..<16]),
            let second = Self.number(bytes[17..<19]), hour < 24, minute < 60, second <= 60
        else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            var scale: Int64 = 100_000
            let start = index
            while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
                fraction += Int64(bytes[index] - 0x30) * scale
                scale /= 10
                index += 1
            }
            if index == start || index - start > 9 { return nil }
        }
        guard let offset = Self.offset(bytes[index...]) else { return nil }
        let seconds = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second - offset
        microseconds = Int64(seconds) * 1_000_000 + fraction
    }

    /// Seconds east of UTC, from `Z`, `+hh:mm`, `+hhmm`.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        if bytes.elementsEqual("Z".utf8) || bytes.elementsEqual("z".utf8) { return 0 }
        guard let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        var figures = Array(bytes.dropFirst())
        if figures.count == 5, figures[2] == UInt8(ascii: ":") { figures.remove(at: 2) }
        guard figures.count == 4, let hours = number(figures[0..<2]), let minutes = number(figures[2..<4]),
            hours < 24, minutes < 60
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return sign == UInt8(ascii: "+") ? seconds : -seconds
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
