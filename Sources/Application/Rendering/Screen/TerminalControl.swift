/// The few control sequences that the live screen needs (ECMA-48, xterm's alternate screen).
enum TerminalControl {
    /// To the upper left corner.
    static let home = "\u{1B}[H"
    static let clearToEnd = "\u{1B}[J"
    static let clearLine = "\u{1B}[K"
    /// The terminal's other screen, without a cursor; `leave` gives back what was there before.
    static let enter = "\u{1B}[?1049h\u{1B}[?25l"
    static let leave = "\u{1B}[?25h\u{1B}[?1049l"

    /// A frame painted over the one before without flicker: each line's rest is cleared, then what is below.
    static func frame(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return home + lines.map { $0 + clearLine }.joined(separator: "\r\n") + clearToEnd
    }
}
