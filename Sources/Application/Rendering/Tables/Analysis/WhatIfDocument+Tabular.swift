import PortfolioModel

extension WhatIfDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        var sections = [
            TableSection("Basket", legTable),
            TableSection("Legs at expiry, before fees", AnalysisTables.health(groups, in: base)),
            TableSection("Book in \(base)", Self.table(figures)),
        ]
        for breakdown in breakdowns {
            let words = AnalysisTables.words(breakdown.by)
            sections += breakdown.rows.map { TableSection("By \(words): \($0.label)", Self.table($0.figures)) }
        }
        return TextReport(
            opening: [Cell("Hypothetical: nothing is ordered and no position changes.", .dim)], sections: sections,
            closing: notes.map { Cell($0, .warning) })
    }

    private var legTable: TextTable {
        var table = TextTable([
            .left("Leg"), .right("Qty"), .right("Price"), .right("Value"), .right("IV"), .right("Delta"),
            .right("$ Delta \(base)"), .right("$ Gamma 1%"), .right("Theta"), .right("Vega"),
        ])
        for leg in legs {
            let label = InstrumentLabel.full(leg.instrument)
            let greeks = leg.moneyGreeks
            func number(_ value: Double?) -> Cell { FigureCell.number(value, greeks.state, places: 0, of: label) }
            table.add([
                Cell(label), FigureCell.quantity(leg.quantity), FigureCell.price(leg.price, of: "\(label) price"),
                FigureCell.money(leg.marketValue, in: base, of: "\(label) value"),
                leg.instrument.kind.isOption
                    ? leg.iv.value.flatMap { NumberText.percent($0) }.map { Cell($0) } ?? .unknown(leg.iv.reason)
                    : .none,
                FigureCell.number(
                    leg.unitGreeks.delta, leg.unitGreeks.state, places: 4, reason: leg.unitGreeks.reason, of: label),
                FigureCell.number(greeks.dollarDelta, greeks.state, places: 0, reason: greeks.reason, of: label),
                number(greeks.dollarGamma1pct), number(greeks.theta), number(greeks.vega),
            ])
        }
        return table
    }

    private static func table(_ changes: [Change]) -> TextTable {
        var table = TextTable([.left("Figure"), .right("Before"), .right("After"), .right("Difference")])
        for change in changes {
            let places = change.name == "leverage" ? 3 : 2
            func cell(_ value: NamedFigure.Amount?, signed: Bool = false) -> Cell {
                value.flatMap { NumberText.double($0.doubleValue, places: places, signed: signed) }.map { Cell($0) }
                    ?? .unknown(change.reason.map { "\(words(change.name)): \($0)" })
            }
            table.add([
                Cell(words(change.name)), cell(change.before), cell(change.after),
                change.difference?.doubleValue == 0 ? Cell("0", .dim) : cell(change.difference, signed: true),
            ])
        }
        return table
    }

    /// As people write a figure's name.
    private static func words(_ name: String) -> String {
        switch name {
        case "netLiq": "net liq"
        case "marketValue": "market value"
        case "netExposure": "net exposure"
        case "grossExposure": "gross exposure"
        case "dollarDelta": "$ delta"
        case "dollarGamma1pct": "$ gamma 1 %"
        case "betaWeightedDelta": "beta-weighted delta"
        case "betaWeightedGamma": "beta-weighted gamma"
        case "worstScenario": "worst scenario"
        case "deltaNormalVaR": "delta-normal VaR"
        case "historicalVaR": "historical VaR"
        case "historicalCVaR": "historical CVaR"
        case "monteCarloVaR": "Monte Carlo VaR"
        default: name
        }
    }
}
