/// A dividend in cash that lowers the underlying's price by its amount on its ex-date (spot dividend model).
package struct CashDividend: Sendable, Hashable {
    /// Years until the ex-date, of 365 days.
    package var years: Double
    /// Per unit of underlying, in its currency.
    package var amount: Double

    package init(years: Double, amount: Double) {
        self.years = years
        self.amount = amount
    }
}
