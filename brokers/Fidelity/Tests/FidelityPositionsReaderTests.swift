import BrokerKit
import Fidelity
import PortfolioModel
import Testing

struct FidelityPositionsReaderTests {
    struct Expectation: Sendable {
        var file: String
        var lines: Int
        var asOf: String
        var source = "footer"
        /// Account, name, number of positions, cash, pending.
        var accounts: [(String, String?, Int, String?, String?)]
    }

    @Test(arguments: [
        Expectation(
            file: "P0", lines: 21, asOf: "2026-07-31T20:00:00.000Z", source: "option",
            accounts: [
                ("X00000008", "Individual", 1, "113.45", nil), ("Z00000009", "Roth IRA", 1, "10", nil),
            ]),
        Expectation(
            file: "P1", lines: 8, asOf: "2023-04-03T13:05:00.000Z",
            accounts: [("Z00000002", "ROTH IRA", 2, "410.5", nil)]),
        Expectation(
            file: "P2", lines: 12, asOf: "2026-08-03T18:26:00.000Z",
            accounts: [("X00000001", "Individual - TOD", 2, "1215.3", "-35.1")]),
        Expectation(
            file: "P3", lines: 12, asOf: "2026-08-03T21:45:00.000Z",
            accounts: [("Y00000003", "Smith, \"Jo\" Joint", 2, "25.25", "15.25")]),
        Expectation(
            file: "P4", lines: 5, asOf: "2025-12-03T20:00:00.000Z",
            accounts: [("X00000004", "Individual", 1, "5", nil)]),
        Expectation(
            file: "P5", lines: 6, asOf: "2025-07-11T23:51:00.000Z",
            accounts: [("X00000005", "Individual", 3, "100", nil)]),
        Expectation(
            file: "P6", lines: 6, asOf: "2021-07-30T18:26:00.000Z",
            accounts: [
                ("X00000006", "Individual", 1, "77.25", nil), ("Z00000007", "Rollover IRA", 1, nil, nil),
            ]),
        Expectation(
            file: "P7", lines: 8, asOf: "2026-08-03T21:45:00.000Z",
            accounts: [
                ("54321", "Invented 401(k) Plan", 2, nil, nil), ("65432Z999", "BrokerageLink", 1, nil, nil),
            ]),
    ])
    func read_understandsEveryLayout(expected: Expectation) throws {
        let document = try read(fixture("\(expected.file).csv"), asOf: CalendarDate("2026-07-31"))
        #expect(document.layout == expected.file)
        #expect(document.lineCount == expected.lines)
        #expect(document.coversEveryLine)
        #expect(document.asOf.description == expected.asOf)
        #expect(document.asOfSource == expected.source)
        #expect(document.refusals.isEmpty)
        #expect(document.snapshots.map(\.account.number) == expected.accounts.map(\.0))
        for (snapshot, (_, name, positions, cash, pending)) in zip(document.snapshots, expected.accounts) {
            #expect(snapshot.account.name == name)
            #expect(snapshot.account.currency == .usd)
            #expect(snapshot.positions.count == positions)
            #expect(snapshot.balances.first?.cash == cash.flatMap(decimal))
            #expect(snapshot.balances.first?.pendingCash == pending.flatMap(decimal))
            #expect(snapshot.figures == nil)
            #expect(snapshot.asOf == document.asOf)
        }
    }

    @Test func read_keepsSignsAndMarks_ofStockAndShortOption() throws {
        let account = try read(fixture("P2.csv")).snapshot("X00000001")
        let stock = try account.position("ABCD")
        #expect(stock.quantity == 120)
        #expect(stock.costBasis == 10_000)
        #expect(stock.averageOpenPrice == decimal("83.33"))
        #expect(stock.brokerMark == decimal("101.25"))
        #expect(stock.priorSettlement == decimal("100.5"))
        #expect(stock.brokerMarkAsOf == account.asOf)
        #expect(stock.basis == Basis(includesFees: true, source: "fidelity"))
        #expect(stock.instrument.name == "ABCD CORP COM")
        let option = try account.position("-ABCD270115C120")
        #expect(option.quantity == -1)
        #expect(option.costBasis == -500)
        #expect(option.averageOpenPrice == 5)
        #expect(option.brokerMark == decimal("4.2"))
        #expect(option.priorSettlement == decimal("4.3"))
    }

    @Test func read_leavesUnknownBasisNil() throws {
        let fund = try read(fixture("P1.csv")).snapshot("Z00000002").position("VWXYX")
        #expect(fund.costBasis == nil && fund.averageOpenPrice == nil)
        #expect(fund.priorSettlement == decimal("100.4"))
        let share = try read(fixture("P1.csv")).snapshot("Z00000002").position("BRK.B")
        #expect(share.costBasis == 2150 && share.priorSettlement == nil)
    }

    @Test func read_sumsCashAndMarginLines() throws {
        let document = try read(fixture("P3.csv"))
        let position = try document.snapshot("Y00000003").position("EFGH")
        #expect(position.quantity == 300)
        #expect(position.costBasis == 13_000)
        #expect(position.averageOpenPrice == decimal("43.33333333"))
        #expect(position.priorSettlement == 51)
        let money = try document.snapshot("Y00000003").position("SPAXX")
        #expect(money.quantity == 300 && money.brokerMark == 1)
        let lines = document.rows.filter { if case .position = $0.content { true } else { false } }
        #expect(lines.count == 3)
    }

    @Test func read_bringsBondsToOneUnitOfFace() throws {
        let document = try read(fixture("P5.csv"))
        let bond = try document.snapshot("X00000005").position("912828ZZ9")
        #expect(bond.quantity == 10_000)
        #expect(bond.brokerMark == decimal("0.985"))
        #expect(bond.averageOpenPrice == decimal("0.99"))
        #expect(bond.priorSettlement == decimal("0.984"))
        #expect(bond.costBasis == 9900)
        #expect(bond.instrument.securityKind == .bond && bond.instrument.cusip == "912828ZZ9")
        #expect(try document.snapshot("X00000005").position("IJKL").instrument.securityKind == .etf)
        let coin = try document.snapshot("X00000005").position("BTC")
        #expect(coin.instrument.securityKind == .crypto && coin.quantity == decimal("0.06500001"))
        #expect(document.warnings.isEmpty)
    }

    @Test func read_tellsTaxStatus_fromTheAccountsName() throws {
        #expect(try read(fixture("P1.csv")).snapshots.map(\.account.taxStatus) == [.rothIra])
        #expect(try read(fixture("P6.csv")).snapshots.map(\.account.taxStatus) == [.taxable, .ira])
        #expect(try read(fixture("P7.csv")).snapshots.map(\.account.taxStatus) == [.plan401k, nil])
    }

    @Test func read_warnsOfALinkedAccount_insteadOfCountingItTwice() throws {
        let document = try read(fixture("P7.csv"))
        #expect(document.warnings.contains { $0.line == 5 && $0.text.contains("linked brokerage account") })
    }

    @Test func read_refusesHistories() throws {
        let bytes = try fixture("History.csv")
        let error = #expect(throws: ImportError.self) { try read(bytes) }
        #expect(error?.code == "history-file")
        #expect(error?.line == 3)
    }

    @Test(arguments: [
        ("Account Number,Symbol,Quantity\nX1,ABCD,1\n", 1, ["Account Number, Symbol, Quantity", "Current value"]),
        ("\n\nSymbol,Current Value\n", 3, ["Account number, Quantity"]),
        ("Proceeds,Date Sold\n", nil, ["no header line"]),
    ])
    func read_namesTheHeaderAndWhatIsMissing_inAnUnknownLayout(text: String, line: Int?, words: [String]) {
        let error = #expect(throws: ImportError.self) { try read(Array(text.utf8)) }
        #expect(error?.code == "unknown-layout")
        #expect(error?.line == line)
        for word in words { #expect(error?.message.contains(word) == true) }
    }

    @Test(arguments: [
        ([], "empty-file"), (Array("\r\n , \n".utf8), "empty-file"), ([0xFF, 0xFE, 0x41, 0x00], "utf-16"),
        ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x00], "not-text"),
        (Array("Account Number,Symbol,Symbol,Quantity,Current Value\n".utf8), "duplicate-column"),
    ])
    func read_refusesFilesThatAreNoPositions(bytes: [UInt8], code: String) {
        let error = #expect(throws: ImportError.self) { try read(bytes) }
        #expect(error?.code == code)
        #expect(error?.fix.isEmpty == false)
    }

    @Test func read_readsWindows1252() throws {
        var bytes = Array("Account Number,Account Name,Symbol,Quantity,Current Value\nX1,Jos".utf8)
        bytes += [0xE9] + Array(",ABCD,1,$5\n\"Date downloaded 08/03/2026 2:26 PM ET\"\n".utf8)
        #expect(try read(bytes).snapshots.first?.account.name == "José")
    }

    @Test func read_stripsAMarkGluedToTheFirstHeaderCell_insideQuotes() throws {
        let text = "\"\u{FEFF}Account Number\",Symbol,Quantity,Current Value\nX1,ABCD,1,$5\n"
        #expect(try read(Array(text.utf8), asOf: CalendarDate("2026-08-03")).snapshots.count == 1)
    }
}
