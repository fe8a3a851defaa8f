import PortfolioModel

extension PriceDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        TextReport(
            sections: options.map { row in
                var table = TextTable([.left("Figure"), .left("Value")])
                for (name, value) in PriceAnswer.numbers {
                    table.add([Cell(name), value(row.answer).map { Cell(PriceTable.digits($0)) } ?? .unknown()])
                }
                if let failure = row.answer.failure { table.add([Cell("failure"), Cell(failure, .warning)]) }
                return TableSection(nil, table)
            })
    }
}
