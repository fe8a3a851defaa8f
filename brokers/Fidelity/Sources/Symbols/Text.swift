extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isUpperAlphanumeric: Bool { isDigit || (self >= 0x41 && self <= 0x5A) }
}

extension StringProtocol {
    /// Without white space, no-break spaces and byte order marks at either end.
    var trimmed: String {
        func isPadding(_ character: Character) -> Bool { character.isWhitespace || character == "\u{FEFF}" }
        let start = self.drop(while: isPadding)
        guard let end = start.lastIndex(where: { !isPadding($0) }) else { return "" }
        return String(start[...end])
    }
}
