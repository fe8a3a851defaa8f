/// An ISO 4217 currency (or a crypto asset's ticker where a broker keeps cash in it), by code.
package struct Currency: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let code: String

    /// Three to five upper-case letters; nil otherwise. Minor-unit quotes (`GBp`, `ZAc`, `ILA`) are not currencies:
    /// they are converted where they enter.
    package init?(_ code: some StringProtocol) {
        guard (3...5).contains(code.utf8.count), code.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) else { return nil }
        self.code = String(code)
    }

    /// Whether the code has the form of ISO 4217, three letters: a state's currency, not a crypto asset's longer
    /// ticker.
    package var hasISOForm: Bool { code.utf8.count == 3 }

    private init(known code: String) { self.code = code }

    package static let usd = Currency(known: "USD")
    package static let inr = Currency(known: "INR")
    package static let eur = Currency(known: "EUR")

    /// Digits after the point in print and in settlement (ISO 4217 exponent).
    package var minorDigits: Int {
        switch code {
        case "JPY", "KRW", "VND", "CLP", "ISK": 0
        case "BHD", "KWD", "OMR", "JOD", "TND": 3
        default: 2
        }
    }

    package var description: String { code }
    package static func < (left: Currency, right: Currency) -> Bool { left.code < right.code }
}
