import PortfolioModel

extension ExposureDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        var sections = [TableSection("Total in \(base)", totalTable)]
        sections += breakdowns.map {
            TableSection(
                "By \(AnalysisTables.words($0.by))", AnalysisTables.breakdown($0, base: base),
                whenEmpty: "No positions.")
        }
        sections.append(TableSection("Concentration", concentrationTable, screenLimit: 10))
        sections.append(TableSection("Money by currency", currencyTable(now)))
        sections.append(TableSection("Use of capital", accountTable))
        return TextReport(sections: sections)
    }

    private var totalTable: TextTable {
        var table = TextTable([
            .right("Long"), .right("Short"), .right("Net"), .right("Gross"), .right("Net liq"), .right("Leverage"),
        ])
        func number(_ value: Double?) -> Cell {
            FigureCell.number(
                value, total.state, places: 0, reason: NamedFigure.missing(total.missing), of: "exposure")
        }
        table.add([
            number(total.long), number(total.short), number(total.net), number(total.gross),
            FigureCell.total(netLiq, in: base, signed: false, of: "net liquidation"),
            FigureCell.number(leverage.value, leverage.state, places: 2, reason: leverage.reason, of: "leverage"),
        ])
        return table
    }

    private var concentrationTable: TextTable {
        var table = TextTable([.left("Underlying"), .right("|Net| \(base)"), .right("Share")])
        for row in concentration {
            table.add([
                Cell(row.underlying),
                row.exposure.flatMap { NumberText.double($0, places: 0) }.map { Cell($0) } ?? .unknown(),
                FigureCell.share(row.share, places: 1, reason: concentrationReason, of: "share"),
            ])
        }
        if let herfindahl, let text = NumberText.double(herfindahl, places: 3) {
            table.add([Cell("Herfindahl", .dim), Cell(""), Cell(text, .dim)])
        }
        return table
    }

    private func currencyTable(_ now: Timestamp) -> TextTable {
        var table = TextTable([
            .left("Currency"), .right("Value"), .right("Cash"), .right("Sum"), .right("In \(base)"), .right("Rate"),
            .right("Rate's age", rank: 1), .left("Source", rank: 2),
        ])
        for row in currencies {
            let code = row.currency.code
            table.add([
                Cell(code), FigureCell.total(row.marketValue, in: row.currency, signed: false, of: "\(code) value"),
                FigureCell.total(row.cash, in: row.currency, signed: false, of: "\(code) cash"),
                FigureCell.total(row.native, in: row.currency, signed: false, of: code),
                FigureCell.total(row.base, in: base, signed: false, of: "\(code) in \(base)"),
                FigureCell.price(row.rate, of: "\(code)/\(base)"),
                FigureCell.age(row.rate.asOf, row.rate.state, now: now), Cell(row.rate.source, .dim),
            ])
        }
        return table
    }

    private var accountTable: TextTable {
        var table = TextTable([
            .left("Account"), .right("Net liq"), .right("Initial", rank: 2), .right("Maintenance"),
            .right("Margin used"), .right("Buying power used"),
        ])
        for row in accounts {
            let name = row.account.id ?? row.account.number
            let currency = row.netLiq.currency
            func percent(_ figure: FigureDocument<FixedDecimal>, _ what: String) -> Cell {
                guard let value = figure.value else { return .unknown(figure.reason.map { "\(name) \(what): \($0)" }) }
                return Cell(NumberText.decimal(value, minimum: 1) + "%", FigureCell.style(figure.state))
            }
            table.add([
                Cell(name), FigureCell.total(row.netLiq, in: currency, signed: false, of: "\(name) net liq"),
                FigureCell.money(row.initialMargin, in: currency, of: "\(name) initial margin"),
                FigureCell.money(row.maintenanceMargin, in: currency, of: "\(name) maintenance margin"),
                percent(row.marginUsedPct, "margin"), percent(row.utilisationPct, "buying power"),
            ])
        }
        return table
    }
}
