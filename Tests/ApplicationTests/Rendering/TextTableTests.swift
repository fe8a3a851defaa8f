import Testing

@testable import Application

struct TextTableTests {
    private var table: TextTable {
        var table = TextTable([.left("Name"), .right("Qty", rank: 1), .right("Value", rank: 2), .left("Note")])
        table.add([Cell("SPY"), Cell("100"), Cell("60,000.00", .good), Cell("")])
        table.add([Cell("日経"), Cell("-2"), .unknown("日経: no quote"), Cell("x")])
        table.add([Cell("é"), .none])
        return table
    }

    private let bare = Palette(isEnabled: false)

    @Test func lines_align_withoutTrailingBlanks() {
        #expect(
            table.lines(width: nil, palette: bare) == [
                "Name  Qty      Value  Note",
                "SPY   100  60,000.00",
                "日経   -2          ?  x",
                "é       -",
            ])
    }

    /// A name from a file may not colour, move or ring.
    @Test func controlCharacters_reachNoTerminal() {
        var table = TextTable([.left("Name")])
        table.add([Cell("a\u{1B}[31mb\u{07}\u{9B}c", note: "d\u{1B}e\nf")])
        #expect(table.lines(width: nil, palette: bare)[1] == "a\u{FFFD}[31mb\u{FFFD}\u{FFFD}c")
        #expect(table.notes == ["d\u{FFFD}e\u{FFFD}f"])
        #expect(table.tabSeparated()[1] == "a\u{FFFD}[31mb\u{FFFD}\u{FFFD}c")
        #expect(SafeText.of("é 日本\t") == "é 日本\u{FFFD}")
    }

    @Test func lines_leaveOutTheHighestRank_whenTooNarrow() {
        #expect(table.lines(width: 20, palette: bare).first == "Name  Qty  Note")
        #expect(table.lines(width: 10, palette: bare).first == "Name  Note")
        #expect(table.lines(width: 6, palette: bare).allSatisfy { TextWidth.of($0) <= 6 })
    }

    @Test func lines_sayHowManyAreLeftOut() {
        let lines = table.lines(width: nil, limit: 2, palette: bare)
        #expect(lines.count == 3)
        #expect(lines.last == "… and 2 more")
    }

    @Test func colour_doesNotChangeTheAlignment() {
        let painted = table.lines(width: nil, palette: Palette(isEnabled: true))
        #expect(painted.contains { $0.contains("\u{1B}[32m60,000.00\u{1B}[0m") })
        let stripped = painted.map { $0.replacing(/\u{1B}\[\d+m/, with: "") }
        #expect(stripped == table.lines(width: nil, palette: bare))
    }

    @Test func tabSeparated_keepsEveryColumn() {
        var other = table
        other.add([Cell("a\tb\nc")])
        #expect(other.tabSeparated().first == "Name\tQty\tValue\tNote")
        #expect(other.tabSeparated().last == "a b c\t\t\t")
    }

    @Test func notes_areSaidOnce() {
        var other = table
        other.add([.unknown("日経: no quote"), .unknown("b")])
        #expect(other.notes == ["日経: no quote", "b"])
    }

    @Test(arguments: [("abc", 3), ("日経", 4), ("é", 1), ("e\u{301}", 1), ("", 0), ("…", 1)])
    func width_countsColumns(text: String, columns: Int) { #expect(TextWidth.of(text) == columns) }

    @Test(arguments: [
        ("abcdef", 4, "abc…"), ("abcd", 4, "abcd"), ("日経平均", 4, "日…"),
        ("\u{1B}[31mabcdef\u{1B}[0m", 3, "\u{1B}[31mab…\u{1B}[0m"),
        ("\u{1B}[31mab\u{1B}[0m", 2, "\u{1B}[31mab\u{1B}[0m"),
    ])
    func clip_marksTheCut(text: String, columns: Int, clipped: String) {
        #expect(TextWidth.clip(text, to: columns) == clipped)
    }
}
