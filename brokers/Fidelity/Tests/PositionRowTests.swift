import BrokerKit
import Fidelity
import PortfolioModel
import Testing

struct PositionRowTests {
    @Test(arguments: [
        ("$1.50", "1.5"), ("-$35.10", "-35.1"), ("$-35.10", "-35.1"), ("($35.10)", "-35.1"), ("(35.10)", "-35.1"),
        ("+$0.75", "0.75"), ("\"$1,234,567.89\"", "1234567.89"), ("1234", "1234"), ("$0.00", "0"),
        ("0.12345678", "0.12345678"), ("\u{2212}5", "-5"),
    ])
    func amounts_areReadExactly(cell: String, expected: String) throws {
        let balance = try sheet("X1,I,SPAXX**,CASH,,,,\(cell),,,").snapshot("X1").balances.first
        #expect(balance?.cash == decimal(expected))
    }

    @Test(arguments: [
        "\"1,5\"", "\"12,34\"", "1.2.3", "abc", "--5", "$", "%", "\"1,234,56\"", "1e", "(5", "$$5", "0.123456789",
        "1e40", "08/03/26", "\"1.5,000\"",
    ])
    func amounts_areRefused_whenTheyAreNoPlainNumber(cell: String) throws {
        let document = try sheet("X1,I,ABCD,D,1,$2,,\(cell),,,")
        #expect(document.refusals.map(\.field) == ["Current value"])
        #expect(document.refusals.map(\.line) == [2])
        #expect(document.snapshots.isEmpty)
        #expect(document.warnings.contains { $0.line == 2 && $0.text.contains("not imported") })
    }

    @Test(arguments: ["", "--", "n/a", "N/A", " -- "])
    func costs_areUnknown_whenNotGiven(cell: String) throws {
        let position = try sheet("X1,I,ABCD,D,10,$2,\(cell),$20,\(cell),\(cell),Cash").snapshot("X1").position("ABCD")
        #expect(position.costBasis == nil && position.averageOpenPrice == nil && position.priorSettlement == nil)
        #expect(position.brokerMark == 2)
    }

    @Test(arguments: [
        ("X1,I,ABCD,D,10,$2,,$20,$0.00,$0.00,", "0", "0"), ("X1,I,ABCD,D,-10,$2,,-$20,$30,$3,", "-30", "3"),
        ("X1,I,ABCD,D,-10,$2,,-$20,-$30,-$3,", "-30", "3"), ("X1,I,ABCD,D,3,$2,,$6,$10,,", "10", "3.33333333"),
        ("X1,I,-ABCD270115P7.5,D,-2,$2,,-$400,-$300,,", "-300", "1.5"),
    ])
    func costs_areSignedAsALongsOutlay(row: String, cost: String, average: String) throws {
        let position = try #require(try sheet(row).snapshot("X1").positions.first)
        #expect(position.costBasis == decimal(cost))
        #expect(position.averageOpenPrice == decimal(average))
    }

    @Test func lines_ofOneInstrument_areSummedWithoutInventingCosts() throws {
        let unknown = try sheet("X1,I,ABCD,D,10,$2,,$20,$15,$1.50,Cash", "X1,I,ABCD,D,10,$2,,$20,--,--,Margin")
        let position = try unknown.snapshot("X1").position("ABCD")
        #expect(position.quantity == 20 && position.costBasis == nil && position.averageOpenPrice == nil)
        let boxed = try sheet("X1,I,ABCD,D,10,$2,,$20,$15,$1.50,Cash", "X1,I,ABCD,D,-4,$2,,-$8,$6,$1.50,Margin")
        #expect(try boxed.snapshot("X1").position("ABCD").quantity == 6)
        #expect(try boxed.snapshot("X1").position("ABCD").costBasis == nil)
        #expect(boxed.warnings.map(\.line) == [3])
        let options = try sheet(
            "X1,I, -ABCD270115C120,D,1,$4,,$400,$300,$3,Cash", "X1,I, -ABCD270115C120,D,1,$4,,$400,$500,$5,Margin")
        #expect(try options.snapshot("X1").position("-ABCD270115C120").averageOpenPrice == 4)
    }

    @Test(arguments: [
        ("X1,I,ABCD,D,100,$10,,\"$1,000.00\",,,", false), ("X1,I,ABCD,D,100,$10,,\"$1,006.00\",,,", false),
        ("X1,I,ABCD,D,100,$10,,\"$1,007.00\",,,", true), ("X1,I,ABCD,D,0.001,$10,,$0.00,,,", false),
        ("X1,I,-ABCD270115C120,D,1,$4.20,,$4.20,,,", true), ("X1,I,ABCD,D,-100,$10,,\"$1,000.00\",,,", true),
        ("X1,I,ABCD,D,100,,,\"$7\",,,", false), ("X1,I,ABCD,D,1000,$98.5,,$985,,,", true),
    ])
    func values_areCheckedAgainstQuantityTimesPrice(row: String, warns: Bool) throws {
        let document = try sheet(row)
        #expect(document.snapshots.count == 1)
        #expect(document.warnings.contains { $0.line == 2 && $0.text.contains("quantity times price") } == warns)
    }

    @Test(
        arguments: [
            ("X1,I,,D,1,$2,,$2,,,", "Symbol"), ("X1,I,ABCD,D,--,$2,,$2,,,", "Quantity"),
            ("X1,I,ABCD,D,,$2,,$2,,,", "Quantity"),
            ("X1,I,1-Mar,D,1,$2,,$2,,,", "Symbol"), ("X1,I,3/1/2026,D,1,$2,,$2,,,", "Symbol"),
            ("X1,I,9.1E+12,D,1,$2,,$2,,,", "Symbol"), ("X1,I,#NAME?,D,1,$2,,$2,,,", "Symbol"),
            ("X1,I,-ABCD270115X1,D,1,$2,,$2,,,", "Symbol"), ("X1,I,SPAXX**,D,,,,--,,,", "Current value"),
            ("X1,I,ABCD,D,1,$2,,$1,000,$3,$3,Cash", nil), ("1.23E+08,I,ABCD,D,1,$2,,$2,,,", "Account number"),
            (",I,ABCD,D,1,$2,,$2,,,", "Account number"), ("X1,I,ABCD", "Quantity"),
            ("X1,I,ABCD,D,1,8/3/26,,$2,,,", "Last price"), ("X1,I,ABCD,D,10,-$2,,-$20,,,", "Last price"),
            ("X1,I,ABCD,D,0,$2,,$20,,,", "Quantity"),
        ] as [(String, String?)])
    func rows_areRefused_andHoldTheAccountBack(row: String, field: String?) throws {
        let document = try sheet(row, "X1,I,GOOD,D,1,$2,,$2,,,")
        #expect(document.coversEveryLine)
        #expect(document.refusals.map(\.line) == [2])
        #expect(document.refusals.map(\.field) == [field])
        #expect(document.snapshots.isEmpty)
    }

    @Test func values_beyondDecimals_loseOnlyTheCheck() throws {
        let document = try sheet("X1,I,ABCD,D,99999999999999999999,$99999999999,,$5,,,")
        #expect(document.refusals.isEmpty && document.snapshots.count == 1)
        #expect(document.warnings.map(\.line) == [2])
    }

    @Test func refusals_holdBackOnlyTheirAccount_andOrphansAll() throws {
        let one = try sheet("X1,I,ABCD,D,--,$2,,$2,,,", "X2,I,ABCD,D,1,$2,,$2,,,")
        #expect(one.snapshots.map(\.account.number) == ["X2"])
        let orphan = try sheet(",I,ABCD,D,1,$2,,$2,,,", "X2,I,ABCD,D,1,$2,,$2,,,")
        #expect(orphan.snapshots.isEmpty)
    }

    @Test(arguments: [
        ("", "blank line"), (",,,,,,,,,,", "blank line"), ("Brokerage", "footer"), ("\"Some sentence.\"", "footer"),
        ("The data, and information, in this spreadsheet is provided to you solely for your use", "footer"),
        ("X1,I,Account Total,,,,,$5.00,,,", "total line"), ("X1,I,Pending Activity,,,,,--,,,", "pending"),
        ("Account Number,Symbol,Quantity,Current Value", "header line"), ("X1", "account without a holding"),
    ])
    func lines_withoutFigures_areNamed(line: String, reason: String) throws {
        let document = try sheet("X1,I,ABCD,D,1,$2,,$2,,,", line)
        #expect(document.coversEveryLine)
        guard case .ignored(let text) = try #require(document.rows.first { $0.firstLine == 3 }).content else {
            Issue.record("the line was not ignored")
            return
        }
        #expect(text.hasPrefix(reason))
        #expect(document.snapshots.count == 1)
    }

    @Test(arguments: [
        ("X1,I,ABCD,D,1.2E+03,$2,,\"$2,400\",,,", "scientific notation"),
        ("01234567,I,ABCD,D,1,$2,,$2,,,", "leading zeros"),
    ])
    func damage_bySpreadsheets_isWarnedOf(row: String, words: String) throws {
        let document = try sheet(row)
        #expect(document.warnings.contains { $0.line == 2 && $0.text.contains(words) })
        #expect(document.snapshots.count == 1)
    }

    @Test(
        arguments: [
            (["X1,I,SPAXX**,C,,,,$5,,,Cash", "X1,I,FDRXX**,C,7,$1,,,,,Margin"], "12", nil),
            (["X1,I,SPAXX**,C,100,,,,,,"], "100", nil), (["X1,I,SPAXX**,C,,,,-$50,,,"], "-50", nil),
            (["X1,I,Pending activity,,,,,$9,,,"], "9", "9"), (["X1,I,Pending Activity,,,,-$9,,,,"], "-9", "-9"),
            (["X1,I,SPAXX**,C,,,,$5,,,", "X1,I,Pending Activity,,,,,--,,,"], "5", nil),
            (["X1,I,ABCD,D,1,$2,,$2,,,"], nil, nil),
        ] as [([String], String?, String?)])
    func cash_isCoreWithPending_whichIsToldApart(rows: [String], cash: String?, pending: String?) throws {
        let text = rows.joined(separator: "\n")
        let balance = try sheet(text).snapshot("X1").balances.first
        #expect(balance?.cash == cash.flatMap(decimal))
        #expect(balance?.pendingCash == pending.flatMap(decimal))
    }

    @Test func messages_carryNoWholeAccountNumber() throws {
        let document = try sheet("X98765432,I,ABCD,D,--,$2,,$2,,,")
        #expect(document.warnings.contains { $0.text.contains("****5432") })
        #expect(!document.warnings.contains { $0.text.contains("X98765432") })
    }
}
