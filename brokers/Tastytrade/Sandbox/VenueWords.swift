import Foundation
import Sandbox

/// The venue's spellings.
enum VenueWords {
    static func instrumentType(_ kind: MarketInstrument.Kind) -> String {
        switch kind {
        case .equity, .index: "Equity"
        case .crypto: "Cryptocurrency"
        case .future: "Future"
        case .option: "Equity Option"
        case .futureOption: "Future Option"
        }
    }

    /// `Credit` for an amount received, `Debit` for one paid, `None` for 0.
    static func effect(_ amount: SandboxAmount) -> SandboxJSON {
        amount > .zero ? "Credit" : amount < .zero ? "Debit" : "None"
    }

    /// `2026-11-27T21:00:00.000` with a zone such as `+00:00` or `Z`.
    static func time(_ instant: Date, zone: String = "+00:00") -> String {
        let milliseconds = Int((instant.timeIntervalSince1970 * 1_000).rounded())
        let (seconds, rest) = (milliseconds / 1_000, milliseconds % 1_000)
        let ofDay = seconds % 86_400
        let day = MarketDate(dayNumber: seconds / 86_400).iso
        func padded(_ value: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
        }
        let clock = [ofDay / 3_600, ofDay / 60 % 60, ofDay % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(day)T\(clock).\(padded(rest, 3))\(zone)"
    }

    /// Reads a date or a date with time and zone; nil for anything else.
    static func instant(_ text: String) -> Date? {
        if let day = MarketDate(iso: text) { return Date(timeIntervalSince1970: Double(day.dayNumber) * 86_400) }
        let strategies = [
            Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle(),
        ]
        for strategy in strategies {
            if let value = try? strategy.parse(text.replacing(" ", with: "T")) { return value }
        }
        return nil
    }
}
