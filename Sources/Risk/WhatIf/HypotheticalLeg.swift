package import PortfolioModel

/// One leg of a what-if basket, as a person writes it: `-2 SPY 2026-12-18 570 P @5.05`, `+100 SPY`,
/// `1 SPY   261218C00600000`.
package struct HypotheticalLeg: Sendable, Hashable {
    /// How a leg's instrument is named.
    package enum Name: Sendable, Hashable {
        /// A symbol of the instrument master.
        case symbol(String)
        /// An option by its OCC root, or its underlying, and terms.
        case option(root: String, expiry: CalendarDate, strike: FixedDecimal, right: OptionRight)
    }

    /// A million million: with any price the value stays within the range of decimals.
    package static let largestQuantity = FixedDecimal(1_000_000_000_000)

    /// Signed; never 0, and at most `largestQuantity`.
    package var quantity: FixedDecimal
    package var name: Name
    /// Price per unit; nil takes the mark.
    package var price: FixedDecimal?

    package init(quantity: FixedDecimal, name: Name, price: FixedDecimal? = nil) {
        self.quantity = quantity
        self.name = name
        self.price = price
    }

    /// Why a text is no leg, with what it should be.
    package struct Mistake: Error, Sendable, Equatable {
        package var text: String
        package var message: String
        package static let fix = "QUANTITY SYMBOL [@PRICE], such as \"-2 SPY 2026-12-18 570 P @5.05\" or \"+100 SPY\""
    }

    /// Throws `Mistake`.
    package init(_ text: String) throws(Mistake) {
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        if let last = words.last, last.hasPrefix("@") {
            guard let price = try? FixedDecimal(String(last.dropFirst())), !price.isNegative else {
                throw Mistake(text: text, message: "`\(last)` is no price")
            }
            self.price = price
            words.removeLast()
        }
        guard let first = words.first,
            let quantity = try? FixedDecimal(first.hasPrefix("+") ? String(first.dropFirst()) : first),
            !quantity.isZero
        else { throw Mistake(text: text, message: "it does not begin with a quantity other than 0") }
        guard quantity.magnitude <= Self.largestQuantity else {
            throw Mistake(text: text, message: "its quantity is beyond \(Self.largestQuantity)")
        }
        words.removeFirst()
        self.quantity = quantity
        name = try Self.name(words, of: text)
    }

    private static func name(_ words: [String], of text: String) throws(Mistake) -> Name {
        let joined = words.joined(separator: " ")
        func mistake(_ message: String) -> Mistake { Mistake(text: text, message: message) }
        if joined.isEmpty { throw mistake("no instrument is named") }
        if let osi = OSISymbol(joined.uppercased()) ?? OSISymbol(words.joined().uppercased()) {
            return .option(root: osi.root, expiry: osi.expiry, strike: osi.strike, right: osi.right)
        }
        // No symbol has four words, so four are an option's; fewer may be a symbol as a venue writes it.
        if words.count < 4 { return .symbol(joined) }
        guard words.count == 4 else { throw mistake("an instrument has four words at most") }
        guard let expiry = CalendarDate(words[1]) else { throw mistake("`\(words[1])` is no date: write YYYY-MM-DD") }
        guard let strike = try? FixedDecimal(words[2]), strike > .zero else {
            throw mistake("`\(words[2])` is no strike: write a price above 0")
        }
        guard let right = Self.right(words[3]) else { throw mistake("`\(words[3])` is no right: write C or P") }
        return .option(root: words[0].uppercased(), expiry: expiry, strike: strike, right: right)
    }

    private static func right(_ word: String) -> OptionRight? {
        switch word.uppercased() {
        case "C", "CALL": .call
        case "P", "PUT": .put
        default: nil
        }
    }
}
