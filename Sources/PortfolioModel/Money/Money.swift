/// An exact amount with its currency. Amounts of different currencies never meet without a rate.
package struct Money: Hashable, Sendable, CustomStringConvertible {
    package var amount: FixedDecimal
    package var currency: Currency

    package init(_ amount: FixedDecimal, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    package static func zero(_ currency: Currency) -> Money { Money(.zero, currency) }

    /// Throws `MoneyError.currencyMismatch` or `.decimal`.
    package static func + (left: Money, right: Money) throws(MoneyError) -> Money {
        guard left.currency == right.currency else { throw .currencyMismatch(left.currency, right.currency) }
        do { return Money(try left.amount + right.amount, left.currency) } catch { throw .decimal(error) }
    }

    package static func - (left: Money, right: Money) throws(MoneyError) -> Money { try left + (-right) }
    package static prefix func - (money: Money) -> Money { Money(-money.amount, money.currency) }

    /// The amount as text with at least the currency's minor digits.
    package var amountText: String { amount.text(minimumPlaces: currency.minorDigits) }
    package var description: String { "\(amountText) \(currency)" }
}

/// Why amounts could not be combined.
package enum MoneyError: Error, Sendable, Equatable {
    case currencyMismatch(Currency, Currency)
    case decimal(DecimalError)
}
