import BrokerKit
import Testing

@testable import Tastytrade

struct JSONParserTests {
    private func parse(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

    @Test(arguments: ["0", "-0", "12", "1.50", "1e5", "-1.25E-3", "7235129486797176832"])
    func number_keepsItsText(_ text: String) throws { #expect(try parse(text) == .number(text)) }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "01", "1.", ".5", "+1", "1e", "--1", "nul",
        "\"", "\"\\x\"", "\"\\u12\"", "\"\\uD800\"", "\"\\uD800\\u0041\"", "\"\u{1}\"", "[] []", "NaN",
        "{\"a\":1,\"a\":2}",
        "'a'", "\"\\",
    ])
    func document_isRefused_whenMalformed(_ text: String) { #expect(throws: JSONError.self) { try parse(text) } }

    @Test(arguments: [
        (#""a\/b\n""#, "a/b\n"), (#""\u0041""#, "A"), (#""\uD83D\uDE00""#, "😀"), (#""é""#, "é"), (#""\"""#, "\""),
        (#""\u0000""#, "\0"),
    ])
    func string_isUnescaped(_ text: String, _ expected: String) throws {
        #expect(try parse(text) == .string(expected))
    }

    @Test func nesting_isLimited() throws {
        let depth = JSONScanner.maximumDepth
        func nested(_ count: Int) -> String {
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        #expect(throws: Never.self) { try parse(nested(depth)) }
        #expect(throws: JSONError.self) { try parse(nested(depth + 1)) }
        #expect(throws: JSONError.self) { try parse(String(repeating: "[", count: 100_000)) }
    }

    @Test func invalidUTF8_isRefused() {
        #expect(throws: JSONError.self) { try JSONParser.parse([0x22, 0xC3, 0x28, 0x22]) }
    }

    @Test func quoted_readsBackTheSame() throws {
        let text = "a\"b\\c\n\r\t\u{1}é😀/"
        #expect(try parse(JSONText.quoted(text)) == .string(text))
    }

    /// Every truncation and thousands of mutations of real answers: decoding throws or succeeds, and never traps.
    @Test(arguments: Fixture.names)
    func decoding_neverTraps_whenBytesAreDamaged(_ name: String) throws {
        let good = try Fixture.bytes(name)
        var random = SeededGenerator(seed: 7)
        var refused = 0
        for length in 0..<good.count where (try? Self.decodeAll(Array(good.prefix(length)))) == nil { refused += 1 }
        // Only trailing white space can be missed without harm.
        #expect(refused >= good.count - 2)
        for _ in 0..<2000 {
            var bad = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bad.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bad[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bad.remove(at: place)
                default: bad.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            _ = try? Self.decodeAll(bad)
        }
        #expect(throws: Never.self) { try Self.decodeAll(good) }
    }

    /// Puts every item of an answer through every decoder.
    private static func decodeAll(_ bytes: [UInt8]) throws {
        let envelope = try APIEnvelope(bytes, place: "test")
        for item in envelope.items {
            _ = try? WireAccount(item)
            _ = try? WireBalance(item)
            _ = try? WirePosition(item)
            _ = try? WireTransaction(item)
            _ = try? WireOrder(item)
            _ = try? WireInstrument(item)
            _ = try? WireDeliverable(item, root: "ABC")
            _ = try? QuoteToken(item)
        }
    }
}
