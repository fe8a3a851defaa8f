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

    /// Signed; never 0.
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
        words.removeFirst()
        self.quantity = quantity
        guard let name = Self.name(words) else { throw Mistake(text: text, message: "no instrument is named") }
        self.name = name
    }

    private static func name(_ words: [String]) -> Name? {
        let joined = words.joined(separator: " ")
        if let osi = OSISymbol(joined.uppercased()) ?? OSISymbol(words.joined().uppercased()) {
            return .option(root: osi.root, expiry: osi.expiry, strike: osi.strike, right: osi.right)
        }
        if words.count == 4, let expiry = CalendarDate(words[1]), let strike = try? FixedDecimal(words[2]),
            strike > .zero, words[3].count == 1, let letter = words[3].uppercased().first,
            let right = OptionRight(letter: letter)
        {
            return .option(root: words[0].uppercased(), expiry: expiry, strike: strike, right: right)
        }
        return joined.isEmpty ? nil : .symbol(joined)
    }
}
