import PortfolioModel

extension FXDocument: Tabular {
    /// What the book holds first.
    func report(now: Timestamp) -> TextReport {
        let moment = date.map { Timestamp(seconds: ($0.dayNumber + 1) * 86_400) } ?? now
        var table = TextTable([
            .left("Currency"), .right("In \(target)"), .right("For one \(target)"), .left("Source"), .left("Through"),
            .left("As of", rank: 1), .left("Age"), .left("Held", rank: 2),
        ])
        for row in rates.sorted(by: { ($0.isHeld ? 0 : 1, $0.currency) < ($1.isHeld ? 0 : 1, $1.currency) }) {
            let style = FigureCell.style(row.rate.state)
            let value = row.rate.value.map { Cell(NumberText.decimal($0, minimum: 4, maximum: 8), style) }
            table.add([
                Cell(row.currency.code), value ?? .unknown("\(row.currency): \(row.rate.reason ?? "unknown")"),
                row.inverse.map { Cell(NumberText.decimal($0, minimum: 4, maximum: 8), style) } ?? .unknown(),
                Cell(row.rate.source, .dim), Cell(row.via.map(\.code).joined(separator: ", "), .dim),
                row.rate.asOf.map { Cell("\($0.description.prefix(16))Z", .dim) } ?? .none,
                FigureCell.age(row.rate.asOf, row.rate.state, now: moment), Cell(row.isHeld ? "yes" : "", .dim),
            ])
        }
        let opening = date.map { [Cell("Rates at the end of \($0)", .heading)] } ?? []
        return TextReport(
            opening: opening, sections: [TableSection(nil, table, whenEmpty: "No exchange rates are known.")])
    }
}

extension PricesDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        var reach = TextTable([
            .left("Symbol"), .right("Days"), .left("First"), .left("Last"), .left("Source"), .right("Id", rank: 1),
        ])
        for row in instruments {
            reach.add([
                Cell(row.symbol), Cell("\(row.days)"), Cell(row.first.description), Cell(row.last.description),
                Cell(row.source, .dim), Cell("\(row.instrument)", .dim),
            ])
        }
        var closes = TextTable([
            .left("Date"), .right("Open", rank: 1), .right("Close"), .left("Currency", rank: 2), .left("Source"),
        ])
        for price in prices.reversed() {
            closes.add([
                Cell(price.date.description), FigureCell.price(price.open), FigureCell.price(price.close),
                Cell(price.currency.code), Cell(price.source, .dim),
            ])
        }
        return TextReport(sections: [
            TableSection(nil, reach, whenEmpty: "No daily prices are held."),
            TableSection("Closes", closes, screenLimit: 30),
        ])
    }
}

extension DataImportDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        let what = kind == "rates" ? "rates" : "prices"
        let result =
            written.map { $0 == 0 ? "all of them were held already" : "\($0) new or changed" }
            ?? "preview, nothing was written"
        let doubts = warnings.map {
            Cell("\(file):\($0.line): \($0.message) (field \($0.field)); \($0.fix)", .warning)
        }
        return TextReport(
            sections: [], closing: [Cell("\(file): \(rows) \(what), \(first) to \(last); \(result)")] + doubts)
    }
}
