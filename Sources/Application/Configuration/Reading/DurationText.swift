/// Durations as configuration files write them: a whole number and a unit.
enum DurationText {
    /// nil for anything else, and beyond a hundred years.
    static func parse(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int64(digits), count < 4_000_000_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": return .milliseconds(count)
        case "s": return .seconds(count)
        case "m" where count < 60_000_000: return .seconds(count * 60)
        case "h" where count < 1_000_000: return .seconds(count * 3600)
        case "d" where count < 40_000: return .seconds(count * 86_400)
        default: return nil
        }
    }

    /// In the largest unit that leaves no rest.
    static func show(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        if attoseconds != 0 { return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms" }
        if seconds != 0, seconds % 86_400 == 0 { return "\(seconds / 86_400)d" }
        if seconds != 0, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        if seconds != 0, seconds % 60 == 0 { return "\(seconds / 60)m" }
        return "\(seconds)s"
    }
}
