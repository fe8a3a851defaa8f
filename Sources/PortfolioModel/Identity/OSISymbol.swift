/// The OCC Options Symbology Initiative symbol: root padded to six, `yyMMdd`, `C` or `P`, strike times 1000 in eight
/// digits.
package struct OSISymbol: Hashable, Sendable, CustomStringConvertible {
    /// Without padding; adjusted roots end in a digit (`ABC1`). The root is not the underlying (`SPXW` is on SPX).
    package let root: String
    package let expiry: CalendarDate
    package let right: OptionRight
    /// Up to three places and five digits before the point.
    package let strike: FixedDecimal

    /// nil when the parts cannot be written in 21 characters.
    package init?(root: String, expiry: CalendarDate, right: OptionRight, strike: FixedDecimal) {
        let year = expiry.components.year
        guard (1...6).contains(root.utf8.count), root.utf8.allSatisfy(Self.isRootByte),
            (2000...2099).contains(year), strike.raw > 0, strike.raw % 100_000 == 0,
            strike.raw < 100_000 * FixedDecimal.unitsPerOne
        else { return nil }
        self.root = root
        self.expiry = expiry
        self.right = right
        self.strike = strike
    }

    /// Parses from the right (8, 1, 6, rest), so that roots ending in digits are read correctly. Accepts the padded
    /// form and the form whose blanks were squeezed out.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard (16...21).contains(bytes.count) else { return nil }
        let strikeStart = bytes.count - 8
        let dateStart = strikeStart - 7
        var rootBytes = bytes[..<dateStart]
        while rootBytes.last == UInt8(ascii: " ") { rootBytes.removeLast() }
        guard let strikeDigits = Self.number(bytes[strikeStart...]),
            let right = OptionRight(letter: Character(UnicodeScalar(bytes[strikeStart - 1]))),
            let expiry = CalendarDate(yyMMdd: bytes[dateStart..<(dateStart + 6)]),
            let strike = try? FixedDecimal(raw: Int128(strikeDigits) * 100_000)
        else { return nil }
        self.init(root: String(decoding: rootBytes, as: UTF8.self), expiry: expiry, right: right, strike: strike)
    }

    /// The 21 characters.
    package var description: String {
        let padded = root + String(repeating: " ", count: 6 - root.utf8.count)
        return "\(padded)\(expiry.yyMMdd)\(right.letter)\(digits(Int(strike.raw / 100_000), 8))"
    }

    private static func isRootByte(_ byte: UInt8) -> Bool {
        (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "/")
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}

extension CalendarDate {
    /// `yyMMdd` in the years 2000 to 2099.
    package init?(yyMMdd bytes: some Collection<UInt8>) {
        guard bytes.count == 6, bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let value = bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        self.init(year: 2000 + value / 10_000, month: value / 100 % 100, day: value % 100)
    }

    package var yyMMdd: String {
        let (year, month, day) = components
        return digits(year % 100, 2) + digits(month, 2) + digits(day, 2)
    }
}
