import PortfolioModel
import Risk
import Testing

@testable import Application

struct DocumentRendererTests {
    private let options = DocumentOptions()
    private let service = ServiceFixture.service

    private func text(_ document: some Tabular, _ terminal: Terminal = .none, plain: Bool = false) -> String {
        DocumentRenderer(terminal: terminal, plain: plain).text(document, now: ViewFixture.now)
    }

    @Test func status_isReadableWithoutATerminal() throws {
        let shown = text(StatusDocument(view: try ViewFixture.portfolio(), service: service, options: options))
        #expect(shown.contains("tastytrade  live     10m     3s ago         1  quotes 4/4"))
        #expect(shown.contains("fidelity    stale     1d          -         1  -           import a newer file"))
        #expect(shown.contains("margin        68,990.00  68,990.00  +1,410.00"))
        #expect(shown.contains("? net liq: 71,490.50 USD is known; missing RELIANCE, SPY   261127P00500000"))
        #expect(!shown.contains("\u{1B}"))
    }

    @Test func status_fitsOneScreen_onATerminal() throws {
        let terminal = Terminal(isTTY: true, allowsColour: true, size: .init(columns: 100, rows: 40))
        let shown = text(
            StatusDocument(view: try ViewFixture.portfolio(), service: service, options: options), terminal)
        let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 40)
        #expect(lines.allSatisfy { TextWidth.of($0.replacing(/\u{1B}\[\d+m/, with: "")) <= 100 })
        #expect(shown.contains("\u{1B}[32mlive\u{1B}[0m"))
    }

    @Test func accounts_haveTheCurrencyOnceInTheHeading() throws {
        let shown = text(AccountsDocument(view: try ViewFixture.portfolio(), service: service, options: options))
        #expect(shown.hasPrefix("Account     Net liq USD   Broker's    Day P&L"))
        #expect(shown.contains("12,345.67"))
        #expect(shown.contains("17.9%"))
        #expect(shown.contains("stale 9d"))
        #expect(shown.contains("tastytrade ****1234"))
    }

    @Test func importPreview_showsEveryRow() {
        #expect(
            text(DocumentFixture.importReport) == """
                Portfolio_Positions.csv: fidelity P3, as of 2026-11-21T14:29:57Z

                Lines  Outcome  Account     Instrument  Qty  Held  Reason
                    1  ignored                                     header
                    2  changed  fidelity-1  SPY          10     8
                  3-4  refused                                     Quantity: not a number

                line 2: value differs
                preview, nothing was written: 1 changed, 1 refused, 1 ignored

                """)
    }

    @Test func plain_isTabSeparated_withoutColour() throws {
        let terminal = Terminal(isTTY: true, allowsColour: true, size: .init(columns: 40, rows: 10))
        let shown = text(
            BalancesDocument(view: try ViewFixture.portfolio(), service: service, options: options), terminal,
            plain: true)
        #expect(
            shown == """
                Account\tCurrency\tCash\tCash USD\tSettled\tPending\tAccrued interest\tAs of
                fidelity-1\tINR\t700.00\t?\t-\t-\t-\tstale 3s
                fidelity-1\tUSD\t2,500.50\t2,500.50\t-\t12.00\t-\tstale 3s
                tastytrade-1\tUSD\t10,000.00\t10,000.00\t-\t-\t-\t3s

                """)
    }

    /// Reasons are messages, a line each: rows stay rows.
    @Test func plain_hasReasonsOfUnknownFigures_besideTheTable() throws {
        let document = BalancesDocument(view: try ViewFixture.portfolio(), service: service, options: options)
        let shown = DocumentRenderer(terminal: .none, plain: true).shown(document, now: ViewFixture.now)
        #expect(shown.text == text(document, plain: true) && !shown.text.contains("#"))
        let reason = try #require(shown.messages.first)
        #expect(shown.messages.count == 1 && reason.hasPrefix("# reason: fidelity-1 cash in USD: "))
        let pretty = DocumentRenderer(terminal: .none).shown(document, now: ViewFixture.now)
        #expect(pretty.messages.isEmpty && pretty.text.contains("? " + (shown.reasons.first ?? "-")))
    }

    /// None is left out, however many there are.
    @Test func plain_hasEveryReason_once() throws {
        var table = TextTable([.left("Figure")])
        for number in 0..<30 { table.add([.unknown("figure \(number / 2): none")]) }
        struct Many: Tabular {
            var table: TextTable
            func report(now: Timestamp) -> TextReport {
                TextReport(sections: [TableSection(nil, table), TableSection("Again", table)])
            }
        }
        let shown = DocumentRenderer(terminal: .none, plain: true).shown(Many(table: table), now: ViewFixture.now)
        #expect(shown.reasons == (0..<15).map { "figure \($0): none" })
    }

    @Test func everyDocument_renders() throws {
        let view = try ViewFixture.portfolio()
        #expect(text(PositionsDocument(view: view, service: service, options: options)).contains("SPY"))
        #expect(text(GreeksDocument(view: view, service: service, options: options)).contains("By underlying"))
        #expect(text(DocumentFixture.transactions(options)).contains("Sell to Open"))
        let master = DocumentFixture.master()
        #expect(text(InstrumentsDocument(master: master, sequence: 1, asOf: view.at)).contains("isin US78462F1030"))
        let brokers = BrokersDocument(catalogue: [DocumentFixture.entry], view: view, options: options)
        #expect(text(brokers).contains("positions, quotes"))
    }

    @Test(arguments: [
        ([:], false, true), (["NO_COLOR": "1"], false, false), (["NO_COLOR": ""], false, true),
        (["TERM": "dumb"], false, false), ([:], true, false),
    ])
    func colour_isForbiddenByTheEnvironment(environment: [String: String], flag: Bool, isAllowed: Bool) {
        #expect(Terminal.allowsColour(environment: environment, noColour: flag) == isAllowed)
    }

    @Test func colour_isOff_whenOutputIsNoTerminal() {
        #expect(!Terminal(isTTY: false, allowsColour: true, size: nil).palette.isEnabled)
    }

    @Test(arguments: [
        ("QQQ   270115P00500000", "QQQ 2027-01-15 500 P"), ("SPXW  261204C06100500", "SPXW 2026-12-04 6100.5 C"),
        ("SPY", "SPY"), ("/ESZ6", "/ESZ6"), ("US78462F1030", "US78462F1030"),
    ])
    func occSymbol_isShownAsPeopleWriteIt(_ symbol: String, _ shown: String) {
        #expect(InstrumentLabel.name(symbol) == shown)
    }
}
