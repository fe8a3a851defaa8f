import PortfolioModel

extension ImportReportDocument: Tabular {
    /// A preview shows every row; after an import only those that changed something or were refused.
    func report(now: Timestamp) -> TextReport {
        let quiet = ["ignored", "unchanged", "duplicate"]
        let shown = outcome == .previewed ? rows : rows.filter { !quiet.contains($0.outcome) }
        var table = TextTable([
            .right("Lines"), .left("Outcome"), .left("Account"), .left("Instrument"), .right("Qty"), .right("Held"),
            .left("Reason"),
        ])
        for row in shown {
            let style: TextStyle = row.outcome == "refused" ? .bad : (quiet.contains(row.outcome) ? .dim : .plain)
            table.add([
                Cell(lines(row.lines)), Cell(row.outcome, style),
                row.account.map { Cell($0.id ?? $0.number, .dim) } ?? Cell(""),
                Cell(row.symbol.map(InstrumentLabel.name) ?? ""),
                row.quantity.map(FigureCell.quantity) ?? Cell(""), row.held.map(FigureCell.quantity) ?? Cell(""),
                Cell([row.field, row.reason].compactMap { $0 }.joined(separator: ": "), .dim),
            ])
        }
        var closed = TextTable([.left("Account"), .left("Instrument"), .right("Qty")])
        for item in closing {
            closed.add([
                Cell(item.account.id ?? item.account.number), Cell(InstrumentLabel.name(item.symbol)),
                FigureCell.quantity(item.quantity),
            ])
        }
        for item in closingCash {
            let text = "\(Money(item.cash.amount, item.cash.currency).amountText) \(item.cash.currency)"
            closed.add([Cell(item.account.id ?? item.account.number), Cell("cash"), Cell(text)])
        }
        return TextReport(
            opening: [Cell("\(file): \(broker) \(layout), as of \(asOf.description.prefix(19))Z", .heading)],
            sections: [TableSection(nil, table), TableSection("No longer listed, so closed", closed)],
            closing: warnings.map { Cell("line \($0.line): \($0.text)", .warning) } + refusalLines + [Cell(summary)])
    }

    private var refusalLines: [Cell] {
        guard let refusal else { return [] }
        let place = refusal.line.map { "line \($0): " } ?? ""
        let field = refusal.field.map { " (field \($0))" } ?? ""
        return [Cell("the import would be refused: \(place)\(refusal.message)\(field)", .bad)]
            + [refusal.fix.map { Cell("  fix: \($0)") }].compactMap { $0 }
    }

    private var summary: String {
        let parts = [
            (counts.new, "new"), (counts.changed, "changed"), (counts.unchanged, "unchanged"),
            (counts.duplicate, "duplicate"), (counts.refused, "refused"), (counts.ignored, "ignored"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        let verdict =
            switch outcome {
            case .previewed: "preview, nothing was written"
            case .imported: "imported"
            case .alreadyImported: "imported before, nothing changed"
            case .refused: "refused, nothing was written"
            }
        return "\(verdict): \(parts.isEmpty ? "no rows" : parts)"
    }

    private func lines(_ span: [Int]) -> String {
        guard let first = span.first, let last = span.last else { return "" }
        return first == last ? "\(first)" : "\(first)-\(last)"
    }
}
