import PortfolioModel
import Risk

extension AnalysisScope {
    /// The book's figures in base currency by name; nil where one is unknown.
    var figures: [(name: String, value: Double?)] {
        let totals = view.totals
        let report = ExposureReport(view, by: [], labels: labels, weighting: weighting)
        let (greeks, beta) = (totals.greeks.value, report.betaWeighted.value)
        func money(_ total: MoneyTotal) -> Double? { total.figure.amount.value?.doubleValue }
        return [
            ("netLiq", money(totals.netLiquidation)), ("cash", money(totals.cash)),
            ("marketValue", money(totals.marketValue)), ("notional", money(totals.notional)),
            ("netExposure", report.total.knownNet), ("grossExposure", report.total.knownGross),
            ("leverage", report.leverage.value), ("dollarDelta", greeks?.dollarDelta),
            ("dollarGamma1pct", greeks?.dollarGamma1pct), ("theta", greeks?.theta), ("vega", greeks?.vega),
            ("rho", greeks?.rho), ("betaWeightedDelta", beta?.delta), ("betaWeightedGamma", beta?.gamma),
        ]
    }

    /// The worst cell of the standard grid, and value at risk with standard parameters, of what is covered; nil when
    /// nothing is. With them the names of the positions that have no part in value at risk.
    var simulated: (figures: [(name: String, value: Double?)], uncovered: [String]) {
        let book = revaluation
        let risk = ValueAtRisk(book, history(of: book), settings: .init(confidence: ValueAtRiskQuery().confidence))
        let figures: [(name: String, value: Double?)] = [
            ("worstScenario", ScenarioGrid(book, axes: axes).worst?.profit),
            ("deltaNormalVaR", risk.deltaNormal?.valueAtRisk), ("historicalVaR", risk.historical?.tail.valueAtRisk),
            ("historicalCVaR", risk.historical?.tail.expectedShortfall),
            ("monteCarloVaR", risk.monteCarlo?.tail.valueAtRisk),
        ]
        return (figures, risk.coverage.uncovered.map(\.name))
    }
}
