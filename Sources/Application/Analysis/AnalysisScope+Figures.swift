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
        ] + simulated
    }

    /// Positions without a part in the simulated figures.
    var uncovered: [String] {
        let book = revaluation
        let risk = ValueAtRisk(book, factorHistory, settings: .init(paths: 1))
        return risk.coverage.uncovered.map(\.name)
    }

    /// The worst cell of the standard grid, and value at risk with standard parameters, of what is covered; nil when
    /// nothing is.
    private var simulated: [(name: String, value: Double?)] {
        let book = revaluation
        let grid = ScenarioGrid(book, axes: axes)
        let risk = ValueAtRisk(book, factorHistory, settings: .init(confidence: ValueAtRiskQuery().confidence))
        return [
            ("worstScenario", grid.worst?.profit),
            ("deltaNormalVaR", risk.deltaNormal?.valueAtRisk),
            ("historicalVaR", risk.historical?.tail.valueAtRisk),
            ("historicalCVaR", risk.historical?.tail.expectedShortfall),
            ("monteCarloVaR", risk.monteCarlo?.tail.valueAtRisk),
        ]
    }
}
