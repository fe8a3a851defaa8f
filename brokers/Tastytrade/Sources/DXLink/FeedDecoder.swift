import PortfolioModel

/// Reads the `data` of FEED_DATA straight from the bytes. Each element decides its encoding, not the configuration: a
/// string begins COMPACT pairs, an object a FULL list. A row that cannot be read is skipped and counted.
struct FeedDecoder: Sendable {
    /// By event type, merged from FEED_CONFIG; until one came, the order that was requested.
    private(set) var layouts: [FeedEventType: FeedLayout] = [:]
    /// Which instruments go by a symbol.
    var symbols = SymbolTable()

    init() {}

    /// Takes over the layouts that a FEED_CONFIG states; the others stay.
    mutating func configure(_ eventFields: [String: [String]]) {
        for (name, fields) in eventFields {
            guard let type = FeedEventType(rawValue: name) else { continue }
            layouts[type] = FeedLayout(fields: fields)
        }
    }

    /// Forgets what was negotiated: a new channel starts from the request.
    mutating func resetLayouts() { layouts = [:] }

    /// Reads one `data` array into the batch and returns how many rows could not be read. Throws `JSONError` when the
    /// array itself is malformed; rows read before that place stay.
    func decode(
        _ bytes: [UInt8], in range: Range<Int>, into batch: inout MarketAccumulator
    ) throws(JSONError) -> Int {
        var scanner = JSONScanner(bytes, in: range)
        try scanner.expect(UInt8(ascii: "["))
        var unreadable = 0
        var row = FeedRow()
        var isFirst = true
        while try scanner.next(until: UInt8(ascii: "]"), isFirst: isFirst) {
            isFirst = false
            if scanner.peek() == UInt8(ascii: "{") {
                unreadable += try fullRow(&scanner, &row, into: &batch)
            } else {
                let type = FeedEventType(rawValue: try scanner.string())
                try scanner.expect(UInt8(ascii: ","))
                guard let type else {
                    _ = try scanner.skipValue()
                    continue
                }
                unreadable += try compactRows(&scanner, type, &row, into: &batch)
            }
        }
        try scanner.expectEnd()
        return unreadable
    }

    /// One flat array of rows back to back. When its length is no multiple of the columns, no row's columns are
    /// certain, so none is used.
    private func compactRows(
        _ scanner: inout JSONScanner, _ type: FeedEventType, _ row: inout FeedRow, into batch: inout MarketAccumulator
    ) throws(JSONError) -> Int {
        let layout = layouts[type] ?? FeedLayout(requested: type)
        guard layout.isUsable, try isAligned(scanner, columns: layout.columns.count) else {
            _ = try scanner.skipValue()
            return 1
        }
        var unreadable = 0
        var column = 0
        var isGood = true
        try scanner.expect(UInt8(ascii: "["))
        var isFirst = true
        while try scanner.next(until: UInt8(ascii: "]"), isFirst: isFirst) {
            isFirst = false
            if column == 0 {
                row.reset()
                isGood = true
            }
            isGood = try read(&scanner, layout.columns[column], type, into: &row) && isGood
            column += 1
            if column == layout.columns.count {
                column = 0
                unreadable += isGood && add(row, type, to: &batch) ? 0 : 1
            }
        }
        return unreadable
    }

    /// Counts the elements ahead without taking them.
    private func isAligned(_ scanner: JSONScanner, columns: Int) throws(JSONError) -> Bool {
        var ahead = scanner
        guard ahead.take(UInt8(ascii: "[")) else { return false }
        var count = 0
        while try ahead.next(until: UInt8(ascii: "]"), isFirst: count == 0) {
            _ = try ahead.skipValue()
            count += 1
        }
        return count % columns == 0
    }

    /// One self-describing event. Its type may stand anywhere among its members, so they are walked twice.
    private func fullRow(
        _ scanner: inout JSONScanner, _ row: inout FeedRow, into batch: inout MarketAccumulator
    ) throws(JSONError) -> Int {
        let range = try scanner.skipValue()
        var first = JSONScanner(scanner.bytes, in: range)
        var typeName: String?
        try members(&first) { (name, scanner) throws(JSONError) in
            if name == "eventType", scanner.peek() == UInt8(ascii: "\"") {
                typeName = try scanner.string()
            } else {
                _ = try scanner.skipValue()
            }
        }
        guard let typeName else { return 1 }
        guard let type = FeedEventType(rawValue: typeName) else { return 0 }
        row.reset()
        var isGood = true
        var second = JSONScanner(scanner.bytes, in: range)
        try members(&second) { (name, scanner) throws(JSONError) in
            isGood = try read(&scanner, FeedField(wire: name), type, into: &row) && isGood
        }
        return isGood && add(row, type, to: &batch) ? 0 : 1
    }

    private func members(
        _ scanner: inout JSONScanner, _ body: (String, inout JSONScanner) throws(JSONError) -> Void
    ) throws(JSONError) {
        try scanner.expect(UInt8(ascii: "{"))
        var isFirst = true
        while try scanner.next(until: UInt8(ascii: "}"), isFirst: isFirst) {
            isFirst = false
            try body(try scanner.key(), &scanner)
        }
    }

    /// False when the row has no symbol. A symbol nobody asked for (any more) is passed over.
    private func add(_ row: FeedRow, _ type: FeedEventType, to batch: inout MarketAccumulator) -> Bool {
        guard let symbol = row.symbol else { return false }
        if let number = symbols.find(symbol) { batch.add(row, type, symbol: number, symbols) }
        return true
    }

    /// Reads one value of a row. False when it is of a kind its field cannot have; the value is taken all the same.
    private func read(
        _ scanner: inout JSONScanner, _ field: FeedField?, _ type: FeedEventType, into row: inout FeedRow
    ) throws(JSONError) -> Bool {
        guard let field else {
            _ = try scanner.skipValue()
            return true
        }
        let isString = scanner.peek() == UInt8(ascii: "\"")
        switch field.form(in: type) {
        case .text:
            if isString {
                row.set(field, text: try scanner.string())
                return true
            }
            let range = try scanner.skipValue()
            return scanner.bytes[range].elementsEqual("null".utf8)
        case .decimal:
            guard let text = try numberText(&scanner, isString: isString) else { return true }
            guard let value = try? FixedDecimal(parsing: text, rounding: .halfEven) else { return false }
            let decimal = WireDecimal(value)
            row.set(field, decimal: decimal)
            return !decimal.isAbsent
        case .whole:
            guard let text = try numberText(&scanner, isString: isString) else { return true }
            guard let value = try? FixedDecimal(parsing: text, rounding: .towardZero) else { return false }
            row.set(field, whole: Int64(clamping: value.raw / FixedDecimal.unitsPerOne))
            return true
        case .double:
            guard let text = try numberText(&scanner, isString: isString) else { return true }
            guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return false }
            row.set(field, double: value)
            return true
        }
    }

    /// A number's text, also out of a string; nil for null and the words for "no number".
    private func numberText(_ scanner: inout JSONScanner, isString: Bool) throws(JSONError) -> ArraySlice<UInt8>? {
        if isString {
            let text = try scanner.string()
            return ["NaN", "Infinity", "-Infinity"].contains(text) ? nil : ArraySlice(text.utf8)
        }
        let range = try scanner.skipValue()
        let text = scanner.bytes[range]
        return text.elementsEqual("null".utf8) ? nil : text
    }
}
