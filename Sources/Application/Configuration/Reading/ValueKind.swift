import Foundation
import Logging
import PortfolioModel

/// What is wrong with one value, without repeating it where it may be secret.
struct ValueProblem: Error, Sendable, Equatable {
    var code = "bad-value"
    var message: String
    var fix: String?

    init(_ message: String, fix: String? = nil, code: String = "bad-value") {
        (self.code, self.message, self.fix) = (code, message, fix)
    }
}

/// How a value is read from its text and shown again.
struct ValueKind<Value: Sendable>: Sendable {
    var parse: @Sendable (String) throws(ValueProblem) -> Value
    var show: @Sendable (Value) -> String
    /// Whether what is shown is less than what the file says.
    var isMasked = false
}

extension ValueKind where Value == String {
    static let text = ValueKind(
        parse: { text throws(ValueProblem) in
            guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
                throw ValueProblem("takes a text on one line")
            }
            return text
        }, show: { $0 })
}

extension ValueKind where Value == Bool {
    static let flag = ValueKind(
        parse: { text throws(ValueProblem) in
            switch text {
            case "true": return true
            case "false": return false
            default: throw ValueProblem("takes true or false, not `\(text)`", fix: "write true or false")
            }
        }, show: { "\($0)" })
}

extension ValueKind where Value == Int {
    static func integer(_ range: ClosedRange<Int>) -> ValueKind {
        ValueKind(
            parse: { text throws(ValueProblem) in
                guard let value = Int(text), range.contains(value) else {
                    throw ValueProblem(
                        "takes a whole number from \(range.lowerBound) to \(range.upperBound), not `\(text)`")
                }
                return value
            }, show: { "\($0)" })
    }
}

extension ValueKind where Value == Double {
    static func number(_ range: ClosedRange<Double>) -> ValueKind {
        ValueKind(
            parse: { text throws(ValueProblem) in
                guard let value = Double(text), range.contains(value) else {
                    throw ValueProblem("takes a number from \(range.lowerBound) to \(range.upperBound), not `\(text)`")
                }
                return value
            }, show: { "\($0)" })
    }
}

extension ValueKind where Value == FixedDecimal {
    /// An exact decimal; `positive` refuses zero too.
    static func decimal(positive: Bool) -> ValueKind {
        ValueKind(
            parse: { text throws(ValueProblem) in
                guard let value = try? FixedDecimal(text), value.signum >= (positive ? 1 : 0) else {
                    throw ValueProblem(
                        "takes a decimal number \(positive ? "above 0" : "from 0"), not `\(text)`",
                        fix: "write plain digits with a point, such as 1.25")
                }
                return value
            }, show: { $0.description })
    }
}

extension ValueKind where Value == Currency {
    /// An ISO 4217 code.
    static let currency = ValueKind(
        parse: { text throws(ValueProblem) in
            guard let value = Currency(text), value.hasISOForm else {
                throw ValueProblem("takes a currency code, not `\(text)`", fix: "write an ISO 4217 code such as USD")
            }
            return value
        }, show: { $0.code })

    /// An ISO 4217 code, or the longer ticker of a crypto asset that a broker keeps cash in.
    static let currencyOrTicker = ValueKind(
        parse: { text throws(ValueProblem) in
            guard let value = Currency(text) else {
                throw ValueProblem("takes a currency code, not `\(text)`", fix: "write an ISO 4217 code such as USD")
            }
            return value
        }, show: { $0.code })
}

extension ValueKind where Value == Timestamp {
    /// A date-time with offset, or a date: then 17:00 in New York, where the day of currency markets ends.
    static let instant = ValueKind(
        parse: { text throws(ValueProblem) in
            if let value = Timestamp(text) { return value }
            if let date = CalendarDate(text) { return MarketZone.newYork.instant(date, hour: 17, minute: 0) }
            throw ValueProblem(
                "takes a date or a date-time with offset, not `\(text)`",
                fix: "write 2026-11-20 or 2026-11-20T16:00:00-05:00")
        }, show: { $0.description })
}

extension ValueKind where Value == CalendarDate {
    static let date = ValueKind(
        parse: { text throws(ValueProblem) in
            guard let date = CalendarDate(text) else {
                throw ValueProblem("takes a date, not `\(text)`", fix: "write 2026-11-20")
            }
            return date
        }, show: { $0.description })
}

extension ValueKind where Value == Duration {
    /// A number with its unit: `250ms`, `30s`, `15m`, `2h`, `1d`.
    static func duration(_ range: ClosedRange<Duration>) -> ValueKind {
        ValueKind(
            parse: { text throws(ValueProblem) in
                guard let value = DurationText.parse(text) else {
                    throw ValueProblem(
                        "takes a duration, not `\(text)`",
                        fix: "write a whole number and its unit: 250ms, 30s, 15m, 2h, 1d")
                }
                guard range.contains(value) else {
                    throw ValueProblem(
                        "takes \(DurationText.show(range.lowerBound)) to \(DurationText.show(range.upperBound)), "
                            + "not `\(text)`")
                }
                return value
            }, show: { DurationText.show($0) })
    }
}

extension ValueKind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of a few words.
    static var choice: ValueKind {
        ValueKind(
            parse: { text throws(ValueProblem) in
                if let value = Value(rawValue: text) { return value }
                let words = Value.allCases.map(\.rawValue)
                let near = EditDistance.suggestion(for: text, among: words).map { "did you mean `\($0)`?" }
                throw ValueProblem("takes one of \(words.joined(separator: ", ")), not `\(text)`", fix: near)
            }, show: { $0.rawValue })
    }
}
