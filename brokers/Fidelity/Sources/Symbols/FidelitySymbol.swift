package import PortfolioModel

/// What a symbol cell of Fidelity's can be, told by its form alone.
package enum FidelitySymbol: Sendable, Hashable {
    /// ` -AAPL270115C150`.
    case option(FidelityOptionSymbol)
    /// `SPAXX**`, `FCASH**`: the sweep position that is the account's cash.
    case core(String)
    /// Nine characters: bonds, and the funds of workplace plans.
    case cusip(String)
    /// Stocks, ETFs, funds, crypto.
    case ticker(String)

    /// nil for a text of none of these forms, such as a date a spreadsheet made of a ticker.
    package init?(_ text: some StringProtocol) {
        let symbol = String(text).trimmed
        if symbol.hasSuffix("**"), symbol.utf8.count > 2, symbol.utf8.dropLast(2).allSatisfy(\.isUpperAlphanumeric) {
            self = .core(symbol)
        } else if let option = FidelityOptionSymbol(symbol) {
            self = .option(option)
        } else if Self.isCUSIP(symbol) {
            self = .cusip(symbol)
        } else if Self.isTicker(symbol) {
            self = .ticker(symbol)
        } else {
            return nil
        }
    }

    /// How this module spells the symbol, so that one instrument has one venue symbol.
    package var text: String {
        switch self {
        case .option(let option): option.description
        case .core(let text), .cusip(let text), .ticker(let text): text
        }
    }

    /// Nine upper-case letters and digits with at least three digits. Check digits are not asked for: plan funds have
    /// numbers of the same form that are nobody's CUSIP.
    private static func isCUSIP(_ text: String) -> Bool {
        text.utf8.count == 9 && text.utf8.allSatisfy(\.isUpperAlphanumeric) && text.utf8.count(where: \.isDigit) >= 3
    }

    /// Up to eight letters and digits, then at most one class after `.`, `/` or `:`; at least one letter before it.
    private static func isTicker(_ text: String) -> Bool {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "/" || $0 == ":" }
        guard let stem = parts.first, (1...8).contains(stem.utf8.count), parts.count <= 2,
            stem.utf8.contains(where: { $0.isUpperAlphanumeric && !$0.isDigit })
        else { return false }
        return parts.allSatisfy { (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isUpperAlphanumeric) }
    }
}

/// An option as Fidelity writes it: `-ROOTyymmddCstrike` with the strike as a plain number, `-HITI271217P7.5`. The
/// dash says
/// "option", not "short"; the root is the OCC root, whose last digit marks an adjusted contract.
package struct FidelityOptionSymbol: Sendable, Hashable, CustomStringConvertible {
    package var root: String
    package var expiry: CalendarDate
    package var right: OptionRight
    package var strike: FixedDecimal

    package init(root: String, expiry: CalendarDate, right: OptionRight, strike: FixedDecimal) {
        (self.root, self.expiry, self.right, self.strike) = (root, expiry, right, strike)
    }

    package init?(_ text: some StringProtocol) {
        var bytes = Array(text.utf8)[...]
        if bytes.first == UInt8(ascii: "-") { bytes = bytes.dropFirst() }
        let letters = bytes.prefix { $0.isUpperAlphanumeric && !$0.isDigit }
        let rest = bytes[letters.endIndex...]
        let figures = rest.prefix(while: \.isDigit)
        // Six figures are the date; a seventh before them belongs to the root.
        guard (1...6).contains(letters.count), figures.count == 6 || figures.count == 7,
            let expiry = CalendarDate(yyMMdd: figures.suffix(6)), let letter = rest[figures.endIndex...].first,
            letter == UInt8(ascii: "C") || letter == UInt8(ascii: "P"),
            let right = OptionRight(letter: Character(UnicodeScalar(letter)))
        else { return nil }
        let strikeText = rest[(figures.endIndex + 1)...]
        guard strikeText.first?.isDigit == true, strikeText.last?.isDigit == true,
            strikeText.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }),
            let strike = try? FixedDecimal(parsing: strikeText, rounding: nil), strike.signum > 0
        else { return nil }
        root = String(decoding: letters + figures.dropLast(6), as: UTF8.self)
        (self.expiry, self.right, self.strike) = (expiry, right, strike)
    }

    package var isAdjusted: Bool { root.utf8.last?.isDigit == true }
    package var description: String { "-\(root)\(expiry.yyMMdd)\(right.letter)\(strike)" }
}
