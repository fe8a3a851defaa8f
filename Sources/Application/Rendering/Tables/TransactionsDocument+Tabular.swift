import PortfolioModel

extension TransactionsDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        var table = TextTable([
            .left("Date"), .left("Account"), .left("What"), .left("Instrument"), .right("Qty"), .right("Price"),
            .right("Net cash"), .right("Fees", rank: 2), .left("Currency"), .left("Description", rank: 3),
            .left("Id", rank: 4), .left("Order", rank: 4),
        ])
        for row in transactions {
            let currency = row.netCash.currency
            func money(_ amount: FixedDecimal) -> Cell {
                Cell(NumberText.decimal(amount, minimum: currency.minorDigits, signed: true))
            }
            table.add([
                Cell(row.tradeDate.description), Cell(row.account.id ?? row.account.number),
                Cell(row.subtype.isEmpty ? row.type : row.subtype),
                row.instrument.map { Cell(InstrumentLabel.full($0)) } ?? .none,
                row.quantity.map(FigureCell.quantity) ?? .none, FigureCell.price(row.price),
                money(row.netCash.amount), money(row.fees.amount), Cell(currency.code), Cell(row.description, .dim),
                Cell(row.id, .dim), row.orderId.map { Cell($0, .dim) } ?? .none,
            ])
        }
        return TextReport(sections: [TableSection(nil, table, whenEmpty: "No transactions.")])
    }
}
