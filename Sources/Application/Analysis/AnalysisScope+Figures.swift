import PortfolioModel
import Risk

extension AnalysisScope {
    /// The book's figures in base currency by name; nil where one is unknown.
    var figures: [(name: String, value: Double?)] {
        let totals = view.totals
        let report = ExposureReport(view, by: [], labels: labels, weighting: weighting)
        let greeks = totals.greeks.value
        func money(_ total: MoneyTotal) -> Double? { total.figure.amount.value?.doubleValue }
        return [
            ("netLiq", money(totals.netLiquidation)), ("cash", money(totals.cash)),
            ("marketValue", money(totals.marketValue)), ("notional", money(totals.notional)),
            ("netExposure", report.total.knownNet), ("grossExposure", report.total.knownGross),
            ("leverage", report.leverage.value), ("dollarDelta", greeks?.dollarDelta),
            ("dollarGamma1pct", greeks?.dollarGamma1pct), ("theta", greeks?.theta), ("vega", greeks?.vega),
            ("rho", greeks?.rho), ("betaWeightedDelta", betaTotal.value?.delta),
            ("betaWeightedGamma", betaTotal.value?.gamma),
        ]
    }
}
