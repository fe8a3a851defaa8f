import PortfolioModel

extension Position: StoredRow {
    static let table = TableShape(
        "position", key: ["account", "instrument"],
        values: [
            "quantity", "average_open_price", "cost_basis", "includes_fees", "basis_source", "prior_settlement",
            "broker_mark", "broker_mark_as_of", "realized_today", "today_date", "today_fills", "today_cash", "as_of",
        ])

    func bind(to columns: inout ColumnBinder) {
        let fills = WordTable(lines: today.fills.map { [$0.quantity.description, $0.price.description] })
        columns.add(account)
        columns.add(instrument)
        columns.add(quantity)
        columns.add(averageOpenPrice)
        columns.add(costBasis)
        columns.add(basis.includesFees)
        columns.add(basis.source)
        columns.add(priorSettlement)
        columns.add(brokerMark)
        columns.add(brokerMarkAsOf)
        columns.add(realizedToday)
        columns.add(today.date)
        columns.add(fills)
        columns.add(today.cash)
        columns.add(asOf)
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            key: try reader.positionKey(), quantity: try reader.decimal("quantity"),
            averageOpenPrice: try reader.decimalIfAny("average_open_price"),
            costBasis: try reader.decimalIfAny("cost_basis"),
            basis: Basis(includesFees: try reader.flag("includes_fees"), source: try reader.text("basis_source")),
            priorSettlement: try reader.decimalIfAny("prior_settlement"),
            brokerMark: try reader.decimalIfAny("broker_mark"),
            brokerMarkAsOf: try reader.timeIfAny("broker_mark_as_of"),
            realizedToday: try reader.decimalIfAny("realized_today"), today: try Self.today(reader),
            asOf: try reader.time("as_of"))
    }

    private static func today(_ reader: RowReader) throws(StoreError) -> DayActivity {
        var activity = DayActivity(date: try reader.dateIfAny("today_date"), cash: try reader.decimal("today_cash"))
        for line in try reader.linesIfAny("today_fills") ?? [] {
            guard line.count == 2, let quantity = try? FixedDecimal(line[0]), let price = try? FixedDecimal(line[1])
            else { throw reader.damage("today_fills", "unreadable value") }
            activity.fills.append(.init(quantity: quantity, price: price))
        }
        return activity
    }
}
