import PortfolioModel

extension BalancesDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        var table = TextTable([
            .left("Account"), .left("Currency"), .right("Cash"), .right("Cash \(base)"), .right("Settled", rank: 1),
            .right("Pending", rank: 2), .right("Accrued interest", rank: 3), .right("As of"),
        ])
        for row in balances {
            let name = row.account.id ?? row.account.number
            func stated(_ money: MoneyDocument?) -> Cell {
                money.map { Cell(NumberText.decimal($0.amount, minimum: $0.currency.minorDigits)) } ?? .none
            }
            table.add([
                Cell(name), Cell(row.currency.code),
                FigureCell.money(row.cash.native, in: row.currency, of: "\(name) cash"),
                FigureCell.money(row.cash.base, in: base, of: "\(name) cash in \(base)"), stated(row.settledCash),
                stated(row.pendingCash), stated(row.accruedInterest),
                FigureCell.age(row.asOf, row.cash.native.state, now: now),
            ])
        }
        return TextReport(sections: [
            TableSection(nil, table, whenEmpty: "No balances."), TableSection("Rates", rateTable(now)),
        ])
    }

    private func rateTable(_ now: Timestamp) -> TextTable {
        var table = TextTable([.left("Pair"), .right("Rate"), .right("As of"), .left("Source")])
        for rate in rates {
            table.add([
                Cell("\(rate.base)/\(rate.quote)"), Cell(NumberText.decimal(rate.rate, minimum: 2, maximum: 8)),
                Cell(AgeText.of(rate.asOf, now: now) + " ago"), Cell(rate.source, .dim),
            ])
        }
        return table
    }
}
