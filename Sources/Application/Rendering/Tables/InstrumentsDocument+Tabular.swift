import PortfolioModel

extension InstrumentsDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        var table = TextTable([
            .right("Id"), .left("Symbol"), .left("Kind"), .left("Currency", rank: 3), .left("Expiry"),
            .right("Strike"), .left("P/C"), .right("Multiplier", rank: 1), .left("Delivers", rank: 2),
            .left("Settlement", rank: 4), .left("Identifiers", rank: 5), .left("Name", rank: 6),
        ])
        for row in instruments {
            let instrument = row.instrument
            let delivers = instrument.deliverable.map { "\($0.amount) \($0.symbol)" }.joined(separator: " + ")
            let names = row.identifiers.map { "\($0.scheme) \($0.value)" }.joined(separator: ", ")
            table.add([
                Cell("\(instrument.id)"), Cell(instrument.symbol),
                Cell(instrument.kind.rawValue + (row.kindIsCertain ? "" : "?")), Cell(instrument.currency.code),
                instrument.expiry.map { Cell($0.description) } ?? .none,
                instrument.strike.map { Cell(NumberText.decimal($0, minimum: 0, maximum: 3)) } ?? .none,
                instrument.right.map { Cell(String($0.letter)) } ?? .none, FigureCell.quantity(instrument.multiplier),
                delivers.isEmpty ? .none : Cell(delivers), instrument.settlement.map { Cell($0) } ?? .none,
                Cell(names, .dim), Cell(row.name ?? "", .dim),
            ])
        }
        return TextReport(sections: [TableSection(nil, table, whenEmpty: "No instruments.")])
    }
}
