import PortfolioModel

/// One day of one symbol, as the feed states it.
struct Candle: Sendable, Hashable {
    var date: CalendarDate
    var open: FixedDecimal?
    var close: FixedDecimal
}

/// One row of a candle stream. `time` is its place in the series; `flags` as in dxFeed's `IndexedEvent`.
struct CandleRow: Sendable, Hashable {
    /// Without the part in braces.
    var symbol: String
    var flags: Int
    /// Milliseconds since 1970: a daily candle begins at midnight UTC of the exchange's date.
    var time: Int64
    var open: FixedDecimal?
    var close: FixedDecimal?

    private static let removed = 2
    private static let snapshotBegin = 4
    /// The whole of what there is, or all that the server gives.
    private static let snapshotEnd = 8
    private static let snapshotSnip = 16

    var isRemoved: Bool { flags & Self.removed != 0 }
    var beginsSnapshot: Bool { flags & Self.snapshotBegin != 0 }
    var endsSnapshot: Bool { flags & (Self.snapshotEnd | Self.snapshotSnip) != 0 }

    /// nil where a price is not stated.
    var candle: Candle? {
        close.map { Candle(date: Timestamp(milliseconds: time).utcDate, open: open, close: $0) }
    }
}

/// Reads the `data` of FEED_DATA with candles, COMPACT or FULL. Fields go by the last FEED_CONFIG's names, without
/// regard to case.
struct CandleRows: Sendable {
    static let requestedFields = ["eventSymbol", "eventFlags", "time", "open", "close"]

    private var fields = Self.requestedFields

    mutating func configure(_ eventFields: [String: [String]]) {
        if let stated = eventFields["Candle"] { fields = stated }
    }

    /// Rows in the order sent, and how many could not be read. Throws `JSONError` for bytes that are no JSON.
    func rows(_ frame: [UInt8]) throws(JSONError) -> (rows: [CandleRow], unreadable: Int) {
        guard let data = try JSONParser.parse(frame).object?["data"]?.array else { return ([], 1) }
        var rows: [CandleRow] = []
        var unreadable = 0
        func add(_ row: CandleRow?) {
            if let row { rows.append(row) } else { unreadable += 1 }
        }
        for (place, item) in data.enumerated() {
            switch item {
            case .object(let object) where object["eventType"]?.string == "Candle":
                add(Self.row { name in object.members.first { $0.key.lowercased() == name.lowercased() }?.value })
            case .array(let values) where place > 0 && data[place - 1].string == "Candle":
                guard !fields.isEmpty, values.count.isMultiple(of: fields.count) else {
                    unreadable += 1
                    continue
                }
                let places = Dictionary(
                    fields.enumerated().map { ($1.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
                for start in stride(from: 0, to: values.count, by: fields.count) {
                    add(Self.row { name in places[name.lowercased()].map { values[start + $0] } })
                }
            default: break
            }
        }
        return (rows, unreadable)
    }

    private static func row(_ value: (String) -> JSONValue?) -> CandleRow? {
        guard let symbol = value("eventSymbol")?.string, let time = value("time").flatMap(whole) else { return nil }
        return CandleRow(
            symbol: String(symbol.prefix { $0 != "{" }), flags: Int(value("eventFlags").flatMap(whole) ?? 0),
            time: time, open: value("open").flatMap(price), close: value("close").flatMap(price))
    }

    private static func whole(_ value: JSONValue) -> Int64? {
        switch value {
        case .number(let text), .string(let text): Int64(text)
        default: nil
        }
    }

    /// nil for `"NaN"`.
    private static func price(_ value: JSONValue) -> FixedDecimal? {
        guard case .number(let text) = value else { return nil }
        return try? FixedDecimal(text, rounding: .halfEven)
    }
}
