package import PortfolioModel

/// The `Retry-After` field (RFC 9110, 10.2.3): seconds, or an HTTP-date in its preferred form.
package enum RetryAfter {
    /// How long the venue asks to wait, from now, at most `cap`; nil when the field is absent or says nothing that can
    /// be understood. A date in the past asks for no wait.
    package static func wait(_ field: String?, now: Timestamp, cap: Duration = .seconds(900)) -> Duration? {
        guard let text = field?.trimmingBlanks, !text.isEmpty else { return nil }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // More digits than a number holds is long enough for the cap.
            return Int(text).map { min(.seconds(min($0, 1 << 40)), cap) } ?? cap
        }
        guard let date = date(text) else { return nil }
        let seconds = (Double(date.microseconds) - Double(now.microseconds)) / 1e6
        return min(max(.zero, .milliseconds(Int64(seconds * 1000))), cap)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: Substring) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[0].count == 4, words[0].hasSuffix(","), words[5] == "GMT",
            let day = number(words[1], 2), let month = months.firstIndex(of: String(words[2])),
            let year = number(words[3], 4), let date = CalendarDate(year: year, month: month + 1, day: day)
        else { return nil }
        let clock = words[4].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let hour = number(clock[0], 2), let minute = number(clock[1], 2),
            let second = number(clock[2], 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        return Timestamp(seconds: date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second)
    }

    private static func number(_ text: Substring, _ digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }
}

extension String {
    fileprivate var trimmingBlanks: Substring {
        var rest = self[...]
        while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}
