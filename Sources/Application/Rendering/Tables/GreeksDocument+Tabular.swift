import PortfolioModel

extension GreeksDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        let asked = breakdowns.map {
            TableSection(
                "By \(AnalysisTables.words($0.by))", AnalysisTables.breakdown($0, base: base))
        }
        return TextReport(
            sections: [TableSection("By position", positionTable, whenEmpty: "No positions.")]
                + (asked.isEmpty ? [TableSection("By underlying", StatusTables.underlyings(underlyings))] : asked)
                + [TableSection("Total", totalTable)])
    }

    private var positionTable: TextTable {
        var table = TextTable([
            .left("Position"), .right("Qty"), .right("IV", rank: 1), .right("Unit delta"), .right("Gamma", rank: 4),
            .right("Theta", rank: 4), .right("Vega", rank: 4), .right("Rho", rank: 6), .right("Delta"), .right("Gamma"),
            .right("Theta"), .right("Vega"), .right("$ Delta \(base)"), .right("$ Gamma 1%", rank: 3),
            .left("Source", rank: 5), .left("Account", rank: 7),
        ])
        for row in positions {
            let label = InstrumentLabel.full(row.instrument)
            let (unit, whole, money) = (row.unitGreeks, row.positionGreeks, row.moneyGreeks)
            func cell(_ value: Double?, _ state: FigureState, _ places: Int) -> Cell {
                FigureCell.number(value, state, places: places, of: label)
            }
            table.add([
                Cell(label), FigureCell.quantity(row.quantity), volatility(row),
                FigureCell.number(unit.delta, unit.state, places: 4, reason: unit.reason, of: label),
                cell(unit.gamma, unit.state, 4), cell(unit.theta, unit.state, 4), cell(unit.vega, unit.state, 4),
                cell(unit.rho, unit.state, 4), cell(whole.delta, whole.state, 2), cell(whole.gamma, whole.state, 3),
                cell(whole.theta, whole.state, 2), cell(whole.vega, whole.state, 2),
                FigureCell.number(money.dollarDelta, money.state, places: 0, reason: money.reason, of: label),
                cell(money.dollarGamma1pct, money.state, 0), Cell(unit.source.isEmpty ? "-" : unit.source, .dim),
                Cell(row.account.id ?? row.account.number, .dim),
            ])
        }
        return table
    }

    private var totalTable: TextTable {
        var table = TextTable([
            .right("$ Delta \(base)"), .right("$ Gamma 1%"), .right("Theta"), .right("Vega"), .right("Rho"),
            .right("Covered"),
        ])
        let reason = (total.missing ?? []).isEmpty ? nil : "missing \((total.missing ?? []).joined(separator: ", "))"
        func cell(_ value: Double?, reason: String? = nil) -> Cell {
            FigureCell.number(value, total.state, places: 0, reason: reason, of: "total")
        }
        table.add([
            cell(total.dollarDelta, reason: reason), cell(total.dollarGamma1pct), cell(total.theta), cell(total.vega),
            cell(total.rho), FigureCell.share(covered, reason: coveredReason, of: "covered"),
        ])
        return table
    }

    private func volatility(_ row: Row) -> Cell {
        guard row.instrument.kind.isOption else { return .none }
        return row.iv.value.flatMap { NumberText.percent($0) }.map { Cell($0, FigureCell.style(row.iv.state)) }
            ?? .unknown(row.iv.reason.map { "\(InstrumentLabel.full(row.instrument)) IV: \($0)" })
    }
}
