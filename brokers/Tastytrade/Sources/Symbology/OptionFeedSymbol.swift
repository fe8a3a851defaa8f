import PortfolioModel

/// `.SPXW250718C3500`: the feed's name of an equity or index option. Read from the right: roots can end in digits.
struct OptionFeedSymbol: Hashable, Sendable, CustomStringConvertible {
    let root: String
    let expiry: CalendarDate
    let right: OptionRight
    let strike: FixedDecimal

    /// A slash in the root, as some brokers write share classes, is dropped.
    init(root: String, expiry: CalendarDate, right: OptionRight, strike: FixedDecimal) {
        self.root = root.filter { $0 != "/" && $0 != "." }
        self.expiry = expiry
        self.right = right
        self.strike = strike
    }

    init(_ osi: OSISymbol) { self.init(root: osi.root, expiry: osi.expiry, right: osi.right, strike: osi.strike) }

    init?(_ text: some StringProtocol) {
        guard text.hasPrefix("."), !text.hasPrefix("./") else { return nil }
        let bytes = Array(text.utf8.dropFirst())
        guard let letter = bytes.lastIndex(where: { $0 == UInt8(ascii: "C") || $0 == UInt8(ascii: "P") }), letter >= 7,
            let expiry = CalendarDate(yyMMdd: bytes[(letter - 6)..<letter]),
            let right = OptionRight(letter: Character(UnicodeScalar(bytes[letter]))),
            let strike = try? FixedDecimal(parsing: bytes[(letter + 1)...], rounding: nil), strike > .zero
        else { return nil }
        let root = bytes[..<(letter - 6)]
        guard root.allSatisfy({ ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x30 && $0 <= 0x39) }) else { return nil }
        self.init(
            root: String(decoding: root, as: UTF8.self), expiry: expiry, right: right, strike: strike)
    }

    var osi: OSISymbol? { OSISymbol(root: root, expiry: expiry, right: right, strike: strike) }
    var description: String { ".\(root)\(expiry.yyMMdd)\(right.letter)\(strike)" }
}
