import BrokerKit

@testable import Tastytrade

/// Random FEED_CONFIGs and frames for them, from plain to perverse.
struct FrameMaker {
    private var random: SeededGenerator
    /// Only what a server sends on a good day.
    var isOrdinary = false

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func any(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }

    /// For some of the types; fields in any order, with unknown ones among them.
    mutating func layouts() -> [String: [String]] {
        var layouts: [String: [String]] = [:]
        for type in FeedEventType.allCases where number(0...3) > 0 {
            var names = type.requestedFields.filter { $0 == .eventSymbol || number(0...4) > 0 }.map(\.rawValue)
            names += ["eventTime", "sequence", "bidExchangeCode", "tickDirection"].filter { _ in number(0...1) == 0 }
            if !isOrdinary, number(0...9) == 0 { names.append(any(["price", "BIDPRICE", "time", "beta", "delta"])) }
            names.shuffle(using: &random)
            layouts[type.rawValue] = names
        }
        return layouts
    }

    mutating func frame(_ layouts: [String: [String]]) -> String {
        var pairs: [String] = []
        for _ in 0..<number(1...2) {
            guard let type = FeedEventType.allCases.randomElement(using: &random) else { continue }
            let fields = layouts[type.rawValue] ?? type.requestedFields.map(\.rawValue)
            var values: [String] = []
            for _ in 0..<number(1...4) {
                for field in fields { values.append(value(FeedField(wire: field), type)) }
            }
            if !isOrdinary, number(0...29) == 0 { values.removeLast() }
            pairs.append("\"\(type.rawValue)\",[\(values.joined(separator: ","))]")
        }
        return #"{"type":"FEED_DATA","channel":\#(number(0...12)),"data":[\#(pairs.joined(separator: ","))]}"#
    }

    private mutating func value(_ field: FeedField?, _ type: FeedEventType) -> String {
        if !isOrdinary, number(0...39) == 0 { return oddity() }
        guard let field else {
            return any(["0", "1748020169744", "\"Q\"", "\"ZERO_UP\"", "false", "true", "null", "-1.5E-3", "\"\""])
        }
        switch field {
        case .eventSymbol: return any(["\"SPY\"", "\"QQQ\"", "\".SPY261218C600\"", "\"IWM\"", "\"SPY2\"", "\"BRK/B\""])
        case .dayClosePriceType: return any(["\"REGULAR\"", "\"FINAL\"", "\"INDICATIVE\""])
        case .tradingStatus: return any(["\"ACTIVE\"", "\"HALTED\"", "\"UNDEFINED\""])
        default: break
        }
        if number(0...9) == 0 { return any(["\"NaN\"", "null", "\"Infinity\"", "\"-Infinity\""]) }
        switch field.form(in: type) {
        case .whole: return any(["0", "\(number(-5...2_000_000))", "1748020169744", "20665"])
        case .double: return real()
        default: return decimal()
        }
    }

    private mutating func real() -> String {
        let value = Double.random(in: -1...1, using: &random)
        return any(["\(value)", "\(value * 1e-7)", "\(value * 1e9)", "-0.0", "0", "5.0E-4", "12", "1.0e+2"])
    }

    private mutating func decimal() -> String {
        let cents = "\(number(-3...9_999_999)).\(number(0...99))"
        return any([cents, "\(number(0...99_999)).0", "0.\(number(0...999_999_999))", "-0", "1.5E3", "2E-7", "1.0E-9"])
    }

    private mutating func oddity() -> String {
        any([
            "\"a\\\"b\"", "\"1.5\"", "{\"a\":1}", "[1]", " 1", "01", "1.", ".5", "-", "1e", "1e9999", "1E25", "NaN",
            "tru",
            "\"é\"", "\"SP\\u0059\"", "123456789012345678901234567890", "0.123456789012345678901234567890", "\"\"",
            "+1",
            "1234567890.123456785", "0.000000005", "0.000000015", "92233720368.54775807", "-92233720368.54775808",
            "92233720368.54775808", "9999999999999999999", "99999999999999999999", "\"NaN\"", "true", "1e400", "1e-400",
            "0e999", "0.0000000000000000000000001", "\"}\"", "\"{\"", "1E-19", "18446744073709551616", "-1E19", "1e18",
        ])
    }
}
