extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isUpperAlphanumeric: Bool { isDigit || (self >= 0x41 && self <= 0x5A) }
    /// White space that `Character.isWhitespace` knows within ASCII.
    var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

extension String {
    /// Whether the bytes of a word in lower-case ASCII stand in this text, whatever the case of its ASCII letters.
    func holdsIgnoringCase(_ word: String) -> Bool {
        let text = ArraySlice(utf8)
        let word = Array(word.utf8)
        guard let first = word.first else { return true }
        return text.indices.dropLast(word.count - 1).contains { start in
            text[start].asciiLowercased == first
                && text[start...].prefix(word.count).elementsEqual(word) { $0.asciiLowercased == $1 }
        }
    }

    /// Without white space, no-break spaces and byte order marks at either end.
    var trimmed: String {
        // Nearly every cell begins and ends with a printing ASCII character: nothing to cut.
        if let first = utf8.first, let last = utf8.last, first < 0x80, last < 0x80, !first.isBlank, !last.isBlank {
            return self
        }
        func isPadding(_ character: Character) -> Bool { character.isWhitespace || character == "\u{FEFF}" }
        let start = self.drop(while: isPadding)
        guard let end = start.lastIndex(where: { !isPadding($0) }) else { return "" }
        return String(start[...end])
    }
}
