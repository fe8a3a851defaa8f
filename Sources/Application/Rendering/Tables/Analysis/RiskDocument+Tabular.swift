import PortfolioModel

extension RiskDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        var sections = [TableSection("Total in \(base)", totalTable)]
        sections += breakdowns.map {
            TableSection(
                "By \(AnalysisTables.words($0.by))", AnalysisTables.breakdown($0, base: base),
                whenEmpty: "No positions.")
        }
        if let valueAtRisk { sections.append(section(valueAtRisk, now)) }
        sections.append(TableSection("Legs at expiry, before fees", AnalysisTables.health(groups, in: base)))
        sections.append(
            TableSection(
                "Expiring and at risk of assignment", AnalysisTables.expiring(expiring, in: base), whenEmpty: "None."))
        return TextReport(sections: sections, closing: alarms.map { Cell($0, .warning) })
    }

    private func section(_ row: ValueAtRiskRow, _ now: Timestamp) -> TableSection {
        var table = TextTable([.left("Method"), .right("VaR"), .right("CVaR")])
        for method in row.methods {
            table.add([
                Cell(method.method),
                FigureCell.number(method.valueAtRisk?.doubleValue, .confirmed, places: 0, of: method.method),
                FigureCell.number(method.expectedShortfall?.doubleValue, .confirmed, places: 0, of: method.method),
            ])
        }
        let level = NumberText.percent(row.confidence, places: 2) ?? "?"
        let age = AgeText.of(row.asOf, now: now)
        return TableSection("Loss at \(level) over \(row.horizonDays) day(s), computed \(age) ago", table)
    }

    private var totalTable: TextTable {
        var table = TextTable([
            .right("Net liq"), .right("Value", rank: 2), .right("Day P&L"), .right("Open P&L", rank: 1),
            .right("Net $ delta"), .right("Gross"), .right("Leverage"), .right("$ Gamma 1%", rank: 3), .right("Theta"),
            .right("Vega"), .right("β Delta (\(totals.betaWeighted.index))"), .right("Covered"),
        ])
        let (greeks, exposure) = (totals.moneyGreeks, totals.exposure)
        func number(_ value: Double?) -> Cell { FigureCell.number(value, greeks.state, places: 0, of: "total") }
        table.add([
            FigureCell.total(totals.netLiq, in: base, signed: false, of: "net liquidation"),
            FigureCell.total(totals.marketValue, in: base, signed: false, of: "value"),
            FigureCell.total(totals.dayPnL, in: base, signed: true, of: "day P&L"),
            FigureCell.total(totals.unrealizedPnL, in: base, signed: true, of: "open P&L"),
            FigureCell.sum(
                exposure.net, exposure.state, places: 0, known: exposure.known.net, missing: exposure.missing,
                of: "exposure"),
            FigureCell.number(exposure.gross, exposure.state, places: 0, of: "gross"),
            FigureCell.number(
                totals.leverage.value, totals.leverage.state, places: 2, reason: totals.leverage.reason,
                of: "leverage"),
            number(greeks.dollarGamma1pct), number(greeks.theta), number(greeks.vega),
            FigureCell.sum(
                totals.betaWeighted.delta, totals.betaWeighted.state, places: 1, known: totals.betaWeighted.knownDelta,
                missing: totals.betaWeighted.missing, of: "beta-weighted"),
            FigureCell.share(totals.covered, reason: totals.coveredReason, of: "covered"),
        ])
        return table
    }
}
