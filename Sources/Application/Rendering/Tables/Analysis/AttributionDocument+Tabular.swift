import PortfolioModel
import Risk

extension AttributionDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        let start = from.map { "\($0)" } ?? "entry"
        let words = AnalysisTables.words(by)
        let opening = [Cell("Profit in \(base) from \(start) through \(through)", .dim)]
        var closing = notes.map { Cell($0, .warning) }
        for row in rows where !row.gaps.isEmpty {
            closing.append(Cell("\(row.label): \(row.gaps.joined(separator: "; "))", .dim))
        }
        return TextReport(
            opening: opening,
            sections: [
                TableSection("By \(words)", table(rows + [total]), whenEmpty: "Nothing was kept of this interval.")
            ], closing: closing)
    }

    private static let columns: [(term: ProfitTerms.Term, title: String, rank: Int)] = [
        (.delta, "Delta", 0), (.gamma, "Gamma", 0), (.theta, "Theta", 0), (.vega, "Vega", 0), (.rho, "Rho", 3),
        (.fx, "FX", 2), (.carry, "Carry", 2), (.fills, "Fills", 1), (.beforeTracking, "Before tracking", 4),
        (.residual, "Residual", 0),
    ]

    private func table(_ rows: [Row]) -> TextTable {
        var table = TextTable(
            [.left(""), .right("P&L \(base)")] + Self.columns.map { .right($0.title, rank: $0.rank) }
                + [.right("Residual/terms")])
        for row in rows {
            let cells = Self.columns.map { column in row.terms[column.term.rawValue].map(amount) ?? .none }
            table.add([Cell(row.label), profit(row)] + cells + [quality(row)])
        }
        return table
    }

    private func profit(_ row: Row) -> Cell {
        if let profit = row.profit { return amount(profit) }
        let parts = row.missing.prefix(3).map { "\($0.name): \($0.reason)" }.joined(separator: ", ")
        return .unknown("\(row.label): \(NumberText.decimal(row.known, minimum: 2)) is known; missing \(parts)")
    }

    private func amount(_ value: FixedDecimal) -> Cell {
        if value.isZero { return Cell("0", .dim) }
        return Cell(NumberText.decimal(value, minimum: 2, signed: true), value.isNegative ? .bad : .good)
    }

    private func quality(_ row: Row) -> Cell {
        guard let text = row.quality.flatMap({ NumberText.percent($0, places: 2) }) else { return .none }
        return Cell(text, row.isPoor ? .warning : .dim)
    }
}
