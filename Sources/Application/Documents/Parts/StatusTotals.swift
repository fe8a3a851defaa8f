import PortfolioModel
import Risk

/// The whole portfolio in base currency. Greeks are null with a part unknown; `knownGreeks` is what the others sum to.
struct StatusTotals: Codable, Sendable, Equatable {
    var base: Currency
    var netLiq: MoneyTotalDocument
    var cash: MoneyTotalDocument
    var marketValue: MoneyTotalDocument
    /// Signed notional of futures.
    var notional: MoneyTotalDocument
    var dayPnL: MoneyTotalDocument
    var unrealizedPnL: MoneyTotalDocument
    var realizedPnLToday: MoneyTotalDocument
    @ExplicitNull var dollarDelta: Double?
    @ExplicitNull var dollarGamma1pct: Double?
    @ExplicitNull var theta: Double?
    @ExplicitNull var vega: Double?
    /// Shares of the index that `risk` names.
    @ExplicitNull var betaWeightedDelta: Double?
    /// Why there is none.
    @ExplicitNull var betaWeightedReason: String?
    var greeksState: FigureState
    var knownGreeks: MoneyGreeksDocument.Values
    /// Share of the exposure whose Greeks are known, 0 to 1; null while a position's exposure is not known.
    @ExplicitNull var covered: Double?
    /// Why it is null.
    @ExplicitNull var coveredReason: String?
    /// Every part that some total lacks, by name.
    var missing: [String]

    init(_ view: TotalsView, base: Currency, beta: Figure<Double>) {
        self.base = base
        netLiq = MoneyTotalDocument(view.netLiquidation)
        cash = MoneyTotalDocument(view.cash)
        marketValue = MoneyTotalDocument(view.marketValue)
        notional = MoneyTotalDocument(view.notional)
        dayPnL = MoneyTotalDocument(view.dayPnL)
        unrealizedPnL = MoneyTotalDocument(view.unrealizedPnL)
        realizedPnLToday = MoneyTotalDocument(view.realizedPnLToday)
        let greeks = MoneyGreeksDocument(view.greeks, base)
        dollarDelta = greeks.dollarDelta
        dollarGamma1pct = greeks.dollarGamma1pct
        theta = greeks.theta
        vega = greeks.vega
        betaWeightedDelta = beta.value?.documented
        betaWeightedReason = beta.reason
        greeksState = greeks.state
        knownGreeks = MoneyGreeksDocument.Values(view.greeks.known)
        (covered, coveredReason) = (view.covered?.documented, view.coveredReason)
        let sums = [netLiq, cash, marketValue, notional, dayPnL, unrealizedPnL, realizedPnLToday]
        missing = Set(sums.flatMap(\.missing) + view.greeks.missing).sorted()
    }
}
