/// How many columns text takes on a terminal.
enum TextWidth {
    /// Columns of printable text without escape sequences: combining marks take none, East Asian wide forms two.
    static func of(_ text: some StringProtocol) -> Int {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + of($1) }
    }

    static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return isWide(first) ? 2 : 1
        }
    }

    /// The longest beginning within `columns`, an ellipsis marking what was cut. Colour sequences (`ESC [ … m`) take no
    /// columns, and are closed when the cut falls between them.
    static func clip(_ text: String, to columns: Int) -> String {
        guard text.contains("\u{1B}") || of(text) > columns else { return text }
        var kept = ""
        var used = 0
        var isPainted = false
        var characters = Substring(text)
        while let character = characters.first {
            if character == "\u{1B}", let end = characters.firstIndex(of: "m") {
                let sequence = characters[...end]
                isPainted = sequence != "\u{1B}[0m"
                kept += sequence
                characters = characters[characters.index(after: end)...]
                continue
            }
            let rest = visibleWidth(characters)
            if used + rest <= columns { return kept + characters }
            if used + of(character) > columns - 1 { break }
            kept.append(character)
            used += of(character)
            characters.removeFirst()
        }
        return characters.isEmpty ? kept : kept + "…" + (isPainted ? "\u{1B}[0m" : "")
    }

    private static func visibleWidth(_ text: Substring) -> Int {
        var width = 0
        var isEscape = false
        for character in text {
            if isEscape {
                isEscape = character != "m"
            } else if character == "\u{1B}" {
                isEscape = true
            } else {
                width += of(character)
            }
        }
        return width
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
