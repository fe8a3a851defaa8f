import PortfolioModel

/// FEED_DATA frames in COMPACT encoding, straight from the bytes to rows of numbers: no string, no dictionary and no
/// allocation a row. docs/performance.md, W1, has its figures beside its peers'.
///
/// It takes a frame whole or not at all: whatever it is not certain of (the FULL encoding, escapes, other layouts,
/// damage) is refused and left to `DXLinkMessage` and `FeedDecoder`, whose result every frame taken here equals.
struct FastFeedDecoder: Sendable {
    /// Rows of one event type, up to a place in `rows`.
    struct Run: Sendable {
        var type: FeedEventType
        var end: Int
    }

    private(set) var rows: [FeedSlots] = []
    private(set) var runs: [Run] = []
    private var programs: [FeedProgram?] = []

    init() { compile([:]) }

    /// Takes over the layouts in force; a type without one has the layout that was requested.
    mutating func compile(_ layouts: [FeedEventType: FeedLayout]) {
        programs = FeedEventType.allCases.map { FeedProgram($0, layouts[$0] ?? FeedLayout(requested: $0)) }
    }

    /// Reads one whole frame into `rows` and `runs` and returns its channel; nil when it is refused.
    mutating func scan(_ frame: [UInt8], _ symbols: SymbolTable) -> Int? {
        rows.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
        // The cursor's steps depend on this last byte.
        guard frame.last == UInt8(ascii: "}") else { return nil }
        do { return try scan(frame.span, symbols) } catch { return nil }
    }

    private mutating func scan(_ bytes: Span<UInt8>, _ symbols: SymbolTable) throws(FeedRefusal) -> Int {
        var cursor = ByteCursor(at: 0)
        try cursor.expect(Self.head, bytes)
        let channel = try cursor.plainWhole(bytes)
        try cursor.expect(Self.data, bytes)
        repeat {
            let type = try eventType(bytes, &cursor)
            try cursor.expect(Self.list, bytes)
            guard let program = programs[type.place] else { throw FeedRefusal() }
            try rows(of: program, bytes, &cursor, symbols)
            runs.append(Run(type: type, end: rows.count))
        } while cursor.take(UInt8(ascii: ","), bytes)
        try cursor.expect(UInt8(ascii: "]"), bytes)
        guard cursor.index == bytes.count - 1 else { throw FeedRefusal() }
        return channel
    }

    private func eventType(_ bytes: Span<UInt8>, _ cursor: inout ByteCursor) throws(FeedRefusal) -> FeedEventType {
        let name = try cursor.plainString(bytes)
        let type: FeedEventType
        switch bytes[name.lowerBound] {
        case UInt8(ascii: "Q"): type = .quote
        case UInt8(ascii: "T"): type = .trade
        case UInt8(ascii: "S"): type = .summary
        case UInt8(ascii: "G"): type = .greeks
        default: type = .profile
        }
        guard Self.equal(bytes, name, Self.wireNames[type.place]) else { throw FeedRefusal() }
        return type
    }

    /// Rows back to back up to the closing bracket, which only a whole row may precede.
    private mutating func rows(
        of program: FeedProgram, _ bytes: Span<UInt8>, _ cursor: inout ByteCursor, _ symbols: SymbolTable
    ) throws(FeedRefusal) {
        repeat {
            var row = program.blank
            var isFirst = true
            for column in program.columns {
                if !isFirst { try cursor.expect(UInt8(ascii: ","), bytes) }
                isFirst = false
                try read(column, bytes, &cursor, symbols, into: &row)
            }
            rows.append(row)
        } while cursor.take(UInt8(ascii: ","), bytes)
        try cursor.expect(UInt8(ascii: "]"), bytes)
    }

    @inline(__always)
    private func read(
        _ column: FeedProgram.Column, _ bytes: Span<UInt8>, _ cursor: inout ByteCursor, _ symbols: SymbolTable,
        into row: inout FeedSlots
    ) throws(FeedRefusal) {
        var text = 0..<0
        switch column.read {
        case .skip: try cursor.skipScalar(bytes)
        case .decimal:
            if let number = try cursor.number(bytes, text: &text) { row.values[column.slot] = try number.fixed() }
        case .double:
            if let number = try cursor.number(bytes, text: &text) {
                let value = if let value = number.double() { value } else { try Self.slowDouble(bytes, text) }
                row.values[column.slot] = Int64(bitPattern: value.bitPattern)
            }
        case .whole:
            if let number = try cursor.number(bytes, text: &text) { row.values[column.slot] = try number.whole() }
        case .symbol:
            var hash = SymbolHash()
            let name = try cursor.plainString(bytes, hash: &hash)
            row.symbol = symbols.find(name, in: bytes, hash) ?? -1
        case .closeType:
            let name = try cursor.plainString(bytes)
            let isOfficial = Self.equal(bytes, name, Self.regular) || Self.equal(bytes, name, Self.final)
            row.values[column.slot] = isOfficial ? 0 : FeedSlots.unofficial
        case .tradingStatus:
            let name = try cursor.plainString(bytes)
            row.values[column.slot] = Self.equal(bytes, name, Self.halted) ? FeedSlots.halted : 0
        }
    }

    /// The few numbers that `ExactDouble` leaves open.
    private static func slowDouble(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(FeedRefusal) -> Double {
        let text = String(decoding: range.map { bytes[$0] }, as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw FeedRefusal() }
        return value
    }

    private static func equal(_ bytes: Span<UInt8>, _ range: Range<Int>, _ word: [UInt8]) -> Bool {
        guard range.count == word.count else { return false }
        for offset in 0..<word.count where bytes[range.lowerBound + offset] != word[offset] { return false }
        return true
    }

    private static let wireNames = FeedEventType.allCases.map { Array($0.rawValue.utf8) }
    private static let head = Array(#"{"type":"FEED_DATA","channel":"#.utf8)
    private static let data = Array(#","data":["#.utf8)
    private static let list = Array(",[".utf8)
    private static let regular = Array("REGULAR".utf8)
    private static let final = Array("FINAL".utf8)
    private static let halted = Array("HALTED".utf8)
}

extension FeedEventType {
    /// Its place in `allCases`.
    fileprivate var place: Int {
        switch self {
        case .quote: 0
        case .trade: 1
        case .summary: 2
        case .greeks: 3
        case .profile: 4
        }
    }
}
