import PortfolioModel
import Risk

extension AnalysisScope {
    /// The book's figures in base currency.
    var figures: [NamedFigure] {
        let totals = view.totals
        let report = ExposureReport(view, by: [], labels: labels, weighting: weighting)
        let (greeks, beta) = (totals.greeks.value, report.betaWeighted.value)
        func money(_ name: String, _ total: MoneyTotal) -> NamedFigure {
            .money(name, total.figure.amount.value).without(total.missing)
        }
        func greek(_ name: String, _ value: Double?) -> NamedFigure {
            .number(name, value).without(totals.greeks.missing)
        }
        func weighted(_ name: String, _ value: Double?) -> NamedFigure {
            .number(name, value).without(report.betaWeighted.missing)
        }
        return [
            money("netLiq", totals.netLiquidation), money("cash", totals.cash),
            money("marketValue", totals.marketValue), money("notional", totals.notional),
            .money("netExposure", report.total.knownNet, base).without(report.total.missing),
            .money("grossExposure", report.total.knownGross, base).without(report.total.missing),
            .number("leverage", report.leverage.value, reason: report.leverage.reason).without(report.total.missing),
            greek("dollarDelta", greeks?.dollarDelta),
            greek("dollarGamma1pct", greeks?.dollarGamma1pct), greek("theta", greeks?.theta),
            greek("vega", greeks?.vega), greek("rho", greeks?.rho), weighted("betaWeightedDelta", beta?.delta),
            weighted("betaWeightedGamma", beta?.gamma),
        ]
    }

    /// Figures that are simulated, each with the parts that they leave out.
    struct Simulated {
        var figures: [NamedFigure]
        /// Without part in the worst scenario, and in value at risk.
        var unpriced: [RiskCoverage.Uncovered]
        var uncovered: [RiskCoverage.Uncovered]
    }

    /// The worst cell of the standard grid, and value at risk with standard parameters, of what is covered; nil when
    /// nothing is.
    var simulated: Simulated {
        let book = revaluation
        let risk = ValueAtRisk(book, history(of: book), settings: .init(confidence: ValueAtRiskQuery().confidence))
        let grid = ScenarioGrid(book, axes: axes)
        func loss(_ name: String, _ amount: Double?) -> NamedFigure {
            .money(name, amount, base, reason: risk.unknown).without(risk.coverage.uncovered.map(\.name))
        }
        let figures: [NamedFigure] = [
            .money("worstScenario", grid.worst?.profit, base, reason: grid.unknown)
                .without(grid.coverage.uncovered.map(\.name)),
            loss("deltaNormalVaR", risk.deltaNormal?.valueAtRisk),
            loss("historicalVaR", risk.historical?.tail.valueAtRisk),
            loss("historicalCVaR", risk.historical?.tail.expectedShortfall),
            loss("monteCarloVaR", risk.monteCarlo?.tail.valueAtRisk),
        ]
        return Simulated(figures: figures, unpriced: grid.coverage.uncovered, uncovered: risk.coverage.uncovered)
    }
}
