import PortfolioModel
import Risk

/// The book by one dimension; every amount in base currency.
struct BreakdownDocument: Codable, Sendable, Equatable {
    struct Row: Codable, Sendable, Equatable {
        var label: String
        var positions: Int
        var marketValue: MoneyTotalDocument
        var dayPnL: MoneyTotalDocument
        var unrealizedPnL: MoneyTotalDocument
        var exposure: ExposureAmounts
        /// Of the gross exposure of all rows, 0 to 1; null with a part of any row unknown.
        @ExplicitNull var share: Double?
        /// In units of the underlying; null for rows of several underlyings.
        @ExplicitNull var delta: Double?
        @ExplicitNull var gamma: Double?
        var moneyGreeks: MoneyGreeksDocument
        var betaWeighted: BetaWeightedDocument
    }

    var by: String
    var rows: [Row]
    /// Why the rows have no shares.
    @ExplicitNull var shareReason: String?

    init(_ breakdown: Breakdown, base: Currency, index: String) {
        by = breakdown.dimension.rawValue
        shareReason = breakdown.obstacleToShares
        rows = breakdown.rows.map { row in
            Row(
                label: row.label, positions: row.positions, marketValue: MoneyTotalDocument(row.marketValue),
                dayPnL: MoneyTotalDocument(row.dayPnL), unrealizedPnL: MoneyTotalDocument(row.unrealizedPnL),
                exposure: ExposureAmounts(row.exposure),
                share: breakdown.share(of: row)?.documented, delta: row.delta?.documented,
                gamma: row.gamma?.documented, moneyGreeks: MoneyGreeksDocument(row.greeks, base),
                betaWeighted: BetaWeightedDocument(row.betaWeighted, index: index))
        }
    }
}
