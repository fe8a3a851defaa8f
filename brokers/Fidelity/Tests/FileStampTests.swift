import BrokerKit
import Fidelity
import PortfolioModel
import Testing

struct FileStampTests {
    private func document(
        footer: String, fileName: String = "x.csv", asOf: CalendarDate? = nil, now: Timestamp = testNow
    ) throws(ImportError) -> ImportDocument {
        let text = "Account Number,Symbol,Quantity,Current Value\nX1,ABCD,1,$5\n\n\(footer)\n"
        return try read(Array(text.utf8), fileName: fileName, asOf: asOf, now: now)
    }

    @Test(arguments: [
        ("\"Date downloaded 07/30/2021 2:26 PM ET\"", "2021-07-30T18:26:00.000Z"),
        ("\"Date downloaded Aug-03-2026 5:45 p.m ET\"", "2026-08-03T21:45:00.000Z"),
        ("Date downloaded 12/03/2025 3:00 pm", "2025-12-03T20:00:00.000Z"),
        ("date downloaded 07/11/2025 12:05 a.m. ET", "2025-07-11T04:05:00.000Z"),
        ("Date downloaded 07/11/2025 12:05PM", "2025-07-11T16:05:00.000Z"),
        ("\"Date downloaded: 07/11/2025, 09:30:15 AM EDT\"", "2025-07-11T13:30:00.000Z"),
        ("Date downloaded 7/3/25 17:45", "2025-07-03T21:45:00.000Z"),
        ("Date downloaded 07/03/2025", "2025-07-03T17:00:00.000Z"),
    ])
    func footer_isReadInNewYorkTime(footer: String, expected: String) throws {
        let document = try document(footer: footer)
        #expect(document.asOf.description == expected)
        #expect(document.asOfSource == "footer")
        #expect(document.asOfDate == CalendarDate(expected.prefix(10)))
    }

    @Test(arguments: [
        ("Portfolio_Positions_Aug-03-2026.csv", "2026-08-03T20:00:00.000Z"),
        ("/home/me/Portfolio_Positions_Feb-02-2026 (1).csv", "2026-02-02T21:00:00.000Z"),
        ("portfolio_positions_nov-28-2025-1.csv", "2025-11-28T18:00:00.000Z"),
        ("Portfolio_Positions_Aug-01-2026.csv", "2026-08-01T20:00:00.000Z"),
    ])
    func fileName_standsForTheSessionsClose(fileName: String, expected: String) throws {
        let document = try document(footer: "", fileName: fileName, asOf: CalendarDate("2020-01-02"))
        #expect(document.asOf.description == expected)
        #expect(document.asOfSource == "fileName")
        #expect(document.warnings.contains { $0.text.contains("2020-01-02 was not used") })
        #expect(document.warnings.contains { $0.text.contains("cut off") })
    }

    @Test(arguments: ["Portfolio_Positions_Feb-30-2026.csv", "Portfolio_Positions.csv", "positions_Aug-03-2026.csv"])
    func option_isAskedFor_whenNothingElseTells(fileName: String) throws {
        let error = #expect(throws: ImportError.self) { try document(footer: "", fileName: fileName) }
        #expect(error?.code == "no-as-of")
        #expect(error?.fix.contains("--as-of") == true)
        let given = try document(footer: "", fileName: fileName, asOf: CalendarDate("2026-08-03"))
        #expect(given.asOf.description == "2026-08-03T20:00:00.000Z")
        #expect(given.asOfSource == "option")
    }

    @Test(arguments: [(86_399, true), (86_400, true), (86_401, false)])
    func future_isRefused_beyondADay(ahead: Int, allowed: Bool) throws {
        let stamp = try #require(Timestamp("2026-08-03T18:26:00Z"))
        let footer = "Date downloaded 08/03/2026 2:26 PM ET"
        let now = stamp.adding(.seconds(-ahead))
        if allowed {
            #expect(try document(footer: footer, now: now).asOf == stamp)
        } else {
            let error = #expect(throws: ImportError.self) { try document(footer: footer, now: now) }
            #expect(error?.code == "future-as-of")
            #expect(error?.line == 4)
        }
    }

    @Test(arguments: [
        ("Date downloaded 7/3/25 17:45", "spreadsheet"), ("Date downloaded 07/03/2025 5:45 PM PT", "zone"),
        ("Date downloaded 07/03/2025 25:45", "time could not be read"),
        ("Date downloaded 07/03/2025 5:45 PM\nDate downloaded 07/03/2025 5:46 PM", "second download date"),
    ])
    func footer_isWarnedOf_whenReadLeniently(footer: String, words: String) throws {
        #expect(try document(footer: footer).warnings.contains { $0.line >= 4 && $0.text.contains(words) })
    }

    @Test func footer_isWarnedOf_whenUnreadable() throws {
        let document = try document(footer: "Date downloaded yesterday", asOf: CalendarDate("2026-08-03"))
        #expect(document.asOfSource == "option")
        #expect(document.warnings.contains { $0.line == 4 })
    }
}
