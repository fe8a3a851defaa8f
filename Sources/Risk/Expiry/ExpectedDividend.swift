package import PortfolioModel

/// A cash dividend that somebody announced or an operator expects, per share.
package struct ExpectedDividend: Sendable, Hashable {
    package var exDate: CalendarDate
    package var amount: Double
    package var source: String

    package init(exDate: CalendarDate, amount: Double, source: String) {
        self.exDate = exDate
        self.amount = amount
        self.source = source
    }
}
