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

    /// What a feed announces; nil without a date or an amount above 0.
    package init?(_ profile: ProfileEvent?, source: String) {
        guard let date = profile?.exDividendDate, let amount = profile?.dividendAmount, amount > 0, amount.isFinite
        else { return nil }
        self.init(exDate: date, amount: amount, source: source)
    }
}
