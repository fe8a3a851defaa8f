import BrokerKit
import PortfolioModel
import ReferenceData
import Testing

struct PriceFileTests {
    private static let today = CalendarDate(year: 2026, month: 11, day: 20) ?? CalendarDate(dayNumber: 0)

    private func read(_ text: String) throws(ImportError) -> PriceFile {
        try PriceFile(reading: Array(text.utf8), today: Self.today)
    }

    @Test func rows_areRead_byColumnNameInAnyOrder() throws {
        let file = try read(
            "date,close,symbol,source,currency,open\n2026-11-19,600.25,SPY,nasdaq,USD,\n\n2026-11-20,601,SPY,,,599\n")
        #expect(file.rows.map(\.line) == [2, 4])
        #expect(file.rows[0].close.description == "600.25")
        #expect(file.rows[0].source == "nasdaq")
        #expect(file.rows[0].currency == .usd)
        #expect(file.rows[0].open == nil)
        #expect(file.rows[1].open == 599)
        #expect(file.rows[1].currency == nil)
    }

    @Test(
        arguments: [
            ("", "empty-file", nil, nil), ("symbol,date\n", "missing-column", 1, "close"),
            ("symbol,date,close,volume\n", "unknown-column", 1, "volume"),
            ("symbol,date,close,close\n", "duplicate-column", 1, "close"), ("symbol,date,close\n", "no-rows", 1, nil),
            ("symbol,date,close\nSPY,2026-11-19\n", "short-row", 2, nil),
            ("symbol,date,close\nSPY,2026-11-19,600\n,2026-11-19,1\n", "bad-symbol", 3, "symbol"),
            ("symbol,date,close\nSPY,19.11.2026,600\n", "bad-date", 2, "date"),
            ("symbol,date,close\nSPY,2026-11-21,600\n", "bad-date", 2, "date"),
            ("symbol,date,close\nSPY,2026-11-19,0\n", "bad-close", 2, "close"),
            ("symbol,date,close\nSPY,2026-11-19,\n", "bad-close", 2, "close"),
            ("symbol,date,close\nSPY,2026-11-19,\"1,000\"\n", "bad-close", 2, "close"),
            ("symbol,date,close,open\nSPY,2026-11-19,5,NaN\n", "bad-open", 2, "open"),
            ("symbol,date,close,currency\nSPY,2026-11-19,5,usd\n", "bad-currency", 2, "currency"),
            ("symbol,date,close\nSPY,2026-11-19,5\nSPY,2026-11-19,5\n", "duplicate-row", 3, "date"),
        ] as [(String, String, Int?, String?)])
    func aFileThatIsNotUnderstood_isRefusedWhole_withItsPlace(
        text: String, code: String, line: Int?, field: String?
    ) throws {
        let error = #expect(throws: ImportError.self) { try read(text) }
        #expect(error?.code == code)
        #expect(error?.line == line)
        #expect(error?.field == field)
    }
}
