import PortfolioModel

extension ScenariosDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        var sections = days.indices.map { day in
            TableSection(title(day), Self.table(moves, volatilityPoints, pnl[day]))
        }
        sections.append(TableSection("By underlying, worst cell", groupTable))
        if !windows.isEmpty { sections.append(TableSection("Historic windows", windowTable)) }
        sections.append(AnalysisTables.uncovered(coverage))
        let opening = unknown.map { [Cell("unknown: \($0)", .warning)] } ?? []
        return TextReport(opening: opening, sections: sections, closing: curves.flatMap(drawing))
    }

    private func title(_ day: Int) -> String {
        let what = linkage == "beta" ? "move of \(index ?? "the index") times beta" : "move of every underlying"
        let when = days[day] == 0 ? "now" : "in \(Self.short(days[day])) days"
        return "P&L in \(base), \(when): volatility points by \(what)"
    }

    private static func table(_ moves: [Double], _ points: [Double], _ cells: [[Double?]]) -> TextTable {
        var table = TextTable(
            [.left("Vol")] + moves.map { .right(($0 > 0 ? "+" : "") + short($0 * 100) + "%") })
        for (point, row) in zip(points, cells) {
            table.add([Cell((point > 0 ? "+" : "") + short(point), .dim)] + row.map(amount))
        }
        return table
    }

    private static func amount(_ value: Double?) -> Cell {
        guard let value, let text = NumberText.double(value, places: 0, signed: true) else { return .unknown() }
        return Cell(text, value < 0 ? .bad : value > 0 ? .good : .plain)
    }

    private var groupTable: TextTable {
        var table = TextTable([.left("Underlying"), .right("Beta"), .right("Worst"), .left("At")])
        for group in groups {
            let cells = days.indices.flatMap { day in
                volatilityPoints.indices.flatMap { volatility in
                    moves.indices.map { (group.pnl[day][volatility][$0], day, volatility, $0) }
                }
            }
            guard let worst = cells.min(by: { $0.0 < $1.0 }) else { continue }
            let place = Self.place(moves[worst.3], volatilityPoints[worst.2], days[worst.1])
            table.add([
                Cell(group.underlying), Cell(group.beta.flatMap { NumberText.double($0, places: 2) } ?? "?"),
                Self.amount(worst.0), Cell(place, .dim),
            ])
        }
        if let worst, let text = NumberText.double(worst.pnl, places: 0, signed: true) {
            let place = Self.place(worst.move, worst.volatilityPoints, worst.days)
            let without = coverage.uncovered.count
            table.add([
                Cell(without == 0 ? "Together" : "Together, without \(without) not covered"), Cell(""),
                Cell(text, worst.pnl < 0 ? .bad : .plain), Cell(place, .dim),
            ])
        } else if let unknown {
            table.add([Cell("Together"), Cell(""), .unknown("Together: \(unknown)"), Cell("")])
        }
        return table
    }

    private static func place(_ move: Double, _ points: Double, _ days: Double) -> String {
        "\(short(move * 100))%, vol \(short(points)), \(short(days)) days"
    }

    private var windowTable: TextTable {
        var table = TextTable([
            .left("Window"), .left("From"), .left("To"), .right("P&L \(base)"), .right("Drawdown"), .left("History"),
            .right("Covered"), .right("By beta", rank: 1), .left("What it was", rank: 2),
        ])
        for window in windows {
            table.add([
                Cell(window.name), Cell(window.first.description), Cell(window.last.description),
                window.pnl.map(Self.amount) ?? .unknown("\(window.name): nothing has history or a beta"),
                window.drawdown?.amount.flatMap { NumberText.double($0, places: 0) }.map { Cell($0) } ?? .none,
                Cell(window.extent, window.extent == "whole" ? .plain : .warning),
                window.coverage.shareOfMeasured.flatMap { NumberText.percent($0, places: 0) }.map { Cell($0) }
                    ?? .unknown(),
                Cell("\(window.byBeta.count)"), Cell(window.text, .dim),
            ])
        }
        return table
    }

    private func drawing(_ curve: Curve) -> [Cell] {
        let marks: [Character] = ["·", "o", "#"]
        let lines = curve.lines.enumerated().map { place, line in
            CurvePlot.Line(
                name: line.days == 0 ? "now" : "in \(Self.short(line.days)) days", mark: marks[place % marks.count],
                values: line.pnl)
        }
        let plot = CurvePlot(positions: curve.prices, lines: lines, here: curve.price)
        return [Cell("\(curve.underlying): P&L in \(base) over its price", .heading)] + plot.text().map { Cell($0) }
    }

    private static func short(_ value: Double) -> String {
        FixedDecimal(approximating: value).map { NumberText.decimal($0, minimum: 0, maximum: 1) } ?? "?"
    }
}
