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

    private(set) var rows = FeedRows()
    private(set) var runs: [Run] = []
    private var programs: [FeedProgram?] = []

    init() { compile([:]) }

    /// Takes over the layouts in force; a type without one has the layout that was requested.
    mutating func compile(_ layouts: [FeedEventType: FeedLayout]) {
        programs = FeedEventType.allCases.map { FeedProgram($0, layouts[$0] ?? FeedLayout(requested: $0)) }
    }

    /// Reads one whole frame into `rows` and `runs` and returns its channel; nil when it is refused.
    mutating func scan(_ frame: [UInt8], _ symbols: SymbolTable) -> Int? {
        rows.removeAll()
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
            try cursor.expect(UInt8(ascii: ","), bytes)
            guard let program = programs[type.place] else { throw FeedRefusal() }
            try Self.read(program, bytes, &cursor, symbols, into: &rows)
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
    private static func read(
        _ program: FeedProgram, _ bytes: Span<UInt8>, _ cursor: inout ByteCursor, _ symbols: SymbolTable,
        into rows: inout FeedRows
    ) throws(FeedRefusal) {
        // Each column takes two bytes at least.
        rows.reserve((bytes.count - cursor.index) / (2 * program.columns.count) + 1)
        var start = rows.count * FeedSlots.count
        var words = rows.words.mutableSpan
        var index = cursor.index
        var before = UInt8(ascii: "[")
        repeat {
            for column in program.unstated { words[start &+ column.slot] = column.blank }
            for column in program.columns {
                guard bytes[index] == before else { throw FeedRefusal() }
                before = UInt8(ascii: ",")
                index &+= 1
                if let quick = quickly(column, bytes, index, symbols) {
                    words[start &+ column.slot] = quick.bits
                    index = quick.end
                } else {
                    cursor.index = index
                    words[start &+ column.slot] = try value(column, bytes, &cursor, symbols) ?? column.blank
                    index = cursor.index
                }
            }
            start &+= FeedSlots.count
        } while bytes[index] == before
        cursor.index = index
        rows.count = start / FeedSlots.count
        try cursor.expect(UInt8(ascii: "]"), bytes)
    }

    /// One column's value when it has its ordinary form.
    @inline(__always)
    private static func quickly(
        _ column: FeedProgram.Column, _ bytes: Span<UInt8>, _ index: Int, _ symbols: SymbolTable
    ) -> QuickRead? {
        switch column.read {
        case .skip: QuickRead.skip(bytes, index).map { QuickRead(column.blank, $0) }
        case .decimal: QuickRead.decimal(bytes, index) ?? QuickRead.none(bytes, index, column.blank)
        case .double: QuickRead.double(bytes, index) ?? QuickRead.none(bytes, index, column.blank)
        case .whole: QuickRead.whole(bytes, index)
        case .symbol: QuickRead.symbol(bytes, index, of: symbols)
        case .closeType, .tradingStatus: nil
        }
    }

    /// One column's value in any form, as bits; nil when the row says that there is none.
    private static func value(
        _ column: FeedProgram.Column, _ bytes: Span<UInt8>, _ cursor: inout ByteCursor, _ symbols: SymbolTable
    ) throws(FeedRefusal) -> Int64? {
        switch column.read {
        case .skip:
            try cursor.skipScalar(bytes)
            return nil
        case .decimal: return try cursor.decimal(bytes)
        case .double: return try cursor.double(bytes).map { Int64(bitPattern: $0.bitPattern) }
        case .whole: return try cursor.whole(bytes)
        case .symbol:
            let name = try cursor.plainString(bytes)
            return Int64(symbols.find(text(bytes, name)) ?? -1)
        case .closeType:
            let name = try cursor.plainString(bytes)
            return equal(bytes, name, regular) || equal(bytes, name, final) ? 0 : FeedSlots.unofficial
        case .tradingStatus:
            let name = try cursor.plainString(bytes)
            return equal(bytes, name, halted) ? FeedSlots.halted : 0
        }
    }

    private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        String(decoding: range.map { bytes[$0] }, as: UTF8.self)
    }

    private static func equal(_ bytes: Span<UInt8>, _ range: Range<Int>, _ word: [UInt8]) -> Bool {
        guard range.count == word.count else { return false }
        for offset in 0..<word.count where bytes[range.lowerBound + offset] != word[offset] { return false }
        return true
    }

    private static let wireNames = FeedEventType.allCases.map { Array($0.rawValue.utf8) }
    private static let head = Array(#"{"type":"FEED_DATA","channel":"#.utf8)
    private static let data = Array(#","data":["#.utf8)
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
