import BrokerKit
import Testing

struct DelimitedTextReaderTests {
    private static func fields(_ text: String, _ limits: DelimitedTextLimits = .init()) throws -> [[String]] {
        try DelimitedTextReader.records(of: Array(text.utf8), limits: limits).map { $0.texts(.utf8) }
    }

    @Test(arguments: [
        ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]), ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ("\"a,\"\"b\"\"\r\nc\",d\n", [["a,\"b\"\r\nc", "d"]]), ("\"Name\" X1,y\n", [["Name X1", "y"]]),
        ("\"Name\" \"X1\",y\n", [["Name \"X1\"", "y"]]), ("a\"b,c\n", [["a\"b", "c"]]), ("a,\n", [["a", ""]]),
        (",,\n", [["", "", ""]]), ("\n\na\n", [[""], [""], ["a"]]), ("\u{FEFF}a,b\n", [["a", "b"]]),
        ("\u{FEFF}\"a\",b\n", [["a", "b"]]), ("", []), ("\u{FEFF}", []), ("a", [["a"]]), ("a,", [["a", ""]]),
        ("\"\"", [[""]]), ("\"a\"", [["a"]]), (" \"a\"\n", [[" \"a\""]]),
    ])
    func next_yieldsFields(text: String, expected: [[String]]) throws {
        #expect(try Self.fields(text) == expected)
    }

    @Test(arguments: [
        ("a\r\nb\rc\nd", [1...1, 2...2, 3...3, 4...4]), ("a,\"x\r\ny\rz\nw\"\r\nb\n", [1...4, 5...5]),
        ("\n\r\n\r\n", [1...1, 2...2, 3...3]), ("\"a\n\"", [1...2]), ("a\r\n", [1...1]),
    ])
    func records_spanPhysicalLines(text: String, expected: [ClosedRange<Int>]) throws {
        let records = try DelimitedTextReader.records(of: Array(text.utf8))
        #expect(records.map { $0.firstLine...$0.lastLine } == expected)
    }

    @Test(arguments: [
        ("a,b,c\n", DelimitedTextLimits(fields: 2), DelimitedTextError.tooManyFields(limit: 2, line: 1)),
        ("a\nb\nc\n", DelimitedTextLimits(records: 2), .tooManyRecords(limit: 2, line: 3)),
        ("a\nbbbbb\n", DelimitedTextLimits(recordBytes: 4), .recordTooLong(limit: 4, line: 2)),
        ("a\n\"b\nc\nd\ne\n", DelimitedTextLimits(recordBytes: 4), .recordTooLong(limit: 4, line: 2)),
        ("a\n\"b\nc\n", DelimitedTextLimits(), .unclosedQuote(line: 2)),
        ("a\nb\0\n", DelimitedTextLimits(), .notText(line: 2)), ("a\0b\0", DelimitedTextLimits(), .utf16),
        ("\0a\0b", DelimitedTextLimits(), .utf16),
    ])
    func next_refusesWithTheLine(text: String, limits: DelimitedTextLimits, expected: DelimitedTextError) {
        #expect(throws: expected) { try Self.fields(text, limits) }
        #expect(!ImportError(expected).fix.isEmpty)
        #expect(ImportError(expected).line == expected.line)
    }

    @Test(arguments: [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0xFF, 0xFE]] as [[UInt8]])
    func next_refusesUTF16_byItsMark(bytes: [UInt8]) {
        #expect(throws: DelimitedTextError.utf16) { try DelimitedTextReader.records(of: bytes) }
    }

    @Test func next_throwsTheSameErrorAgain_afterAFailure() {
        var reader = DelimitedTextReader(limits: DelimitedTextLimits(totalBytes: 5))
        reader.feed(Array("aaa\nbbb\n".utf8))
        let first = try? reader.next()
        #expect(first?.count == 1)
        for _ in 0..<2 {
            #expect(throws: DelimitedTextError.tooManyBytes(limit: 5, line: 2)) { try reader.next() }
        }
    }

    @Test func records_refusesALargeFile_beforeReadingIt() {
        let limits = DelimitedTextLimits(totalBytes: 3)
        #expect(throws: DelimitedTextError.tooManyBytes(limit: 3, line: nil)) {
            try DelimitedTextReader.records(of: Array("abcd".utf8), limits: limits)
        }
    }

    /// Whatever a writer writes is read back, however the bytes are cut into chunks.
    @Test(arguments: 0..<40)
    func next_readsBackWhatWasWritten_underAnyChunking(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let pieces = ["a", "Z9", "\"", ",", "\r", "\n", "\r\n", " ", "é", "\u{2019}", "", "$1,000.00"]
        let written = (0..<Int.random(in: 1...30, using: &random)).map { _ in
            (0..<Int.random(in: 1...6, using: &random)).map { _ in
                (0..<Int.random(in: 0...5, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                    .joined()
            }
        }
        let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
        let text = written.map { $0.map(Self.quoted).joined(separator: ",") + lineEnd }.joined()
        let bytes = Array(text.utf8)
        var reader = DelimitedTextReader()
        var records: [DelimitedRecord] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 1...9, using: &random))
            reader.feed(bytes[start..<end])
            while let record = try reader.next() { records.append(record) }
            start = end
        }
        reader.finish()
        while let record = try reader.next() { records.append(record) }
        #expect(records.map { $0.texts(.utf8) } == written)
        #expect(records == (try DelimitedTextReader.records(of: bytes)))
        #expect(zip(records, records.dropFirst()).allSatisfy { $0.lastLine + 1 == $1.firstLine })
    }

    private static func quoted(_ field: String) -> String {
        let doubled = field.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        return "\"\(doubled)\""
    }

    /// Random bytes end in records or a typed error, and spans stay contiguous.
    @Test(arguments: 0..<60)
    func next_neverTraps_onRandomBytes(seed: Int) {
        var random = SeededGenerator(seed: UInt64(1000 + seed))
        let likely = Array("\",\r\nab\u{FEFF}".utf8) + [0x80, 0xFF]
        let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in likely.randomElement(using: &random) ?? 0 }
        var reader = DelimitedTextReader(limits: DelimitedTextLimits(recordBytes: 60, fields: 20))
        reader.feed(bytes)
        reader.finish()
        var lastLine = 0
        do {
            while let record = try reader.next() {
                #expect(record.firstLine == lastLine + 1 && record.lastLine >= record.firstLine && record.count > 0)
                lastLine = record.lastLine
            }
        } catch {
            #expect(error == .utf16 || (error.line ?? 0) > 0)
        }
    }
}
