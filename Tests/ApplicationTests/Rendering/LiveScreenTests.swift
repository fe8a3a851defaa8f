import PortfolioModel
import Risk
import Testing

@testable import Application

struct LiveScreenTests {
    private func render(columns: Int = 240, rows: Int = 60, palette: Palette = Palette(isEnabled: false)) throws
        -> String
    {
        let view = try ViewFixture.portfolio()
        let options = DocumentOptions()
        return LiveScreen(palette: palette).render(
            status: StatusDocument(view: view, service: ServiceFixture.service, options: options),
            positions: PositionsDocument(view: view, service: ServiceFixture.service, options: options),
            now: ViewFixture.now, size: Terminal.Size(columns: columns, rows: rows))
    }

    private func line(_ screen: String, _ start: String) -> String {
        screen.split(separator: "\n").map(String.init).first { $0.hasPrefix(start) } ?? ""
    }

    @Test func screen_showsEverySection() throws {
        let screen = try render()
        for title in ["Options", "Shares and futures", "By underlying", "Expiring this week"] {
            #expect(screen.contains("\n\(title)\n"), "\(title)")
        }
        #expect(screen.contains("tributary 0.1.0 · sandbox"))
        #expect(screen.contains("! tastytrade: vega is refused"))
        #expect(!screen.contains("Expiring today"))
    }

    @Test func optionLine_hasEveryFigure() throws {
        let cells = line(try render(), "SPY         2026-11-27    6     570").split(separator: /\s\s+/).map(String.init)
        #expect(
            cells == [
                "SPY", "2026-11-27", "6", "570", "P", "-2", "5.05", "25.3%", "5.05", "OTM", "+110.00", "+484.00",
                "40.00",
                "-2.000", "30.00", "-100.00", "24,000", "3s", "tastytrade", "tastytrade-1",
            ])
    }

    @Test func unknownFigures_areQuestionMarks_neverZero() throws {
        let cells = line(try render(), "SPY         2026-11-27    6     500").split(separator: /\s\s+/).map(String.init)
        // Mark, IV, extrinsic value; then day and open P&L and the Greeks that are not numbers.
        #expect(cells[6...8] == ["?", "?", "?"])
        #expect(cells[10...13] == ["?", "?", "?", "?"])
    }

    @Test func staleFigures_sayStale_andKeepTheirCurrency() throws {
        let text = line(try render(), "RELIANCE")
        #expect(text.contains("stale 2h"))
        #expect(text.contains("72,000.00 INR"))
        #expect(text.contains("-500.00 INR"))
    }

    @Test func lines_areSortedByStrike() throws {
        let screen = try render()
        let far = try #require(screen.firstRange(of: "     500  P"))
        let near = try #require(screen.firstRange(of: "     570  P"))
        #expect(far.lowerBound < near.lowerBound)
    }

    @Test(arguments: [(240, 60), (120, 40), (80, 24), (80, 10), (40, 5), (20, 2), (1, 1)])
    func screen_fitsItsSize(columns: Int, rows: Int) throws {
        for enabled in [false, true] {
            let lines = try render(columns: columns, rows: rows, palette: Palette(isEnabled: enabled))
                .split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= rows)
            for line in lines {
                #expect(TextWidth.of(line.replacing(/\u{1B}\[\d+m/, with: "")) <= columns)
                #expect(!line.hasSuffix(" "))
            }
        }
    }

    @Test func frame_clearsWhatWasThereBefore() {
        #expect(TerminalControl.frame("a\nb\n") == "\u{1B}[Ha\u{1B}[K\r\nb\u{1B}[K\u{1B}[J")
    }
}
