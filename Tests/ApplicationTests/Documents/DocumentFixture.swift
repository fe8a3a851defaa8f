import PortfolioModel

@testable import Application

enum DocumentFixture {
    static let entry = BrokersDocument.Entry(
        broker: "tastytrade", name: "tastytrade", enabled: true, capabilities: ["quotes", "positions"])

    static func master() -> InstrumentMaster {
        var master = InstrumentMaster()
        let date = CalendarDate(dayNumber: 20_778)
        for row in [ViewFixture.spy, ViewFixture.put, ViewFixture.reliance] { _ = master.resolve(row.terms, on: date) }
        return master
    }

    static func transactions(_ options: DocumentOptions) -> TransactionsDocument {
        let rows = [("1", 0), ("2", 60)].map { id, seconds in
            Transaction(
                account: ViewFixture.tasty.id, externalID: id, type: "Trade", subtype: "Sell to Open",
                description: "Sold 2 SPY puts", instrument: InstrumentID(raw: 2), quantity: -2,
                price: ViewFixture.decimal("7.47"), netCash: ViewFixture.decimal("1491.70"),
                fees: ViewFixture.decimal("-2.30"), currency: .usd,
                executedAt: ViewFixture.asOf.adding(.seconds(seconds)), tradeDate: CalendarDate(dayNumber: 20_778),
                receivedAt: ViewFixture.now, orderID: seconds == 0 ? "268899" : nil)
        }
        return TransactionsDocument(
            transactions: rows, accounts: [ViewFixture.tasty.id: ViewFixture.tasty], instruments: master(),
            sequence: 7, asOf: ViewFixture.now, options: options)
    }

    static let importReport = ImportReportDocument(
        sequence: 9, broker: "fidelity", outcome: .previewed, file: "Portfolio_Positions.csv", sha256: "ab",
        layout: "P3", asOf: ViewFixture.asOf, asOfSource: "footer", lines: 4,
        rows: [
            .init(
                lines: [1, 1], outcome: "ignored", reason: "header", account: nil, field: nil, symbol: nil,
                quantity: nil, held: nil),
            .init(
                lines: [2, 2], outcome: "changed", reason: nil,
                account: AccountReference(ViewFixture.fidelity, DocumentOptions()), field: nil, symbol: "SPY",
                quantity: 10, held: 8),
            .init(
                lines: [3, 4], outcome: "refused", reason: "not a number", account: nil, field: "Quantity", symbol: nil,
                quantity: nil, held: nil),
        ], closing: [], closingCash: [], warnings: [.init(line: 2, text: "value differs")],
        counts: .init(new: 0, changed: 1, unchanged: 0, duplicate: 0, refused: 1, ignored: 1))
}
