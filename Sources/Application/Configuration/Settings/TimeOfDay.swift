/// A wall-clock time, `16:15`.
struct TimeOfDay: Sendable, Equatable, Codable, CustomStringConvertible {
    var hour: Int
    var minute: Int

    init(hour: Int, minute: Int) { (self.hour, self.minute) = (hour, minute) }

    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isNumber) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    var description: String { (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)" }
}

extension ValueKind where Value == TimeOfDay {
    static let timeOfDay = ValueKind(
        parse: { text throws(ValueProblem) in
            guard let value = TimeOfDay(text) else {
                throw ValueProblem("takes a time of day, not `\(text)`", fix: "write hours and minutes: 16:15")
            }
            return value
        }, show: { $0.description })
}
