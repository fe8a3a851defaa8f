import Testing

@testable import Fidelity

struct TextTests {
    @Test(arguments: [
        ("", ""), ("a", "a"), (" a ", "a"), ("\u{A0}a b\u{FEFF}", "a b"), ("\r\na\r\n", "a"), (" \t", ""),
        ("é ", "é"), (" \u{2003}x", "x"),
    ])
    func trimmed_cutsEveryKindOfBlank(text: String, expected: String) {
        #expect(text.trimmed == expected)
    }

    @Test(arguments: [
        ("Date Downloaded 08/03/2026", true), ("\u{201C}date downloaded\u{201D}", true), ("date date downloaded", true),
        ("date  downloaded", false), ("date downloade", false), ("", false),
    ])
    func holdsIgnoringCase_findsAWordAnywhere(text: String, expected: Bool) {
        #expect(text.holdsIgnoringCase("date downloaded") == expected)
    }

    /// The names of ASCII cells are made byte by byte: they are those that characters give.
    @Test(arguments: [" Account  Number", "\"Symbol\"", "Today's Gain/Loss\tDollar ", "\"\" ", "", "\r\n Quantity"])
    func name_isTheSameByBytesAndByCharacters(cell: String) {
        // A letter beyond ASCII sends the cell down the other way.
        let byCharacters = SheetRecord.name(cell + "é").dropLast()
        let words = byCharacters.split(separator: " ").joined(separator: " ")
        #expect(SheetRecord.name(cell) == words)
    }
}
