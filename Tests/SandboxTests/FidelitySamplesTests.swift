import FidelitySandbox
import Foundation
import Sandbox
import Testing

struct FidelitySamplesTests {
    private func files() async -> [(name: String, bytes: [UInt8])] {
        let market = SimulatedMarket(start: MarketModelTests.start)
        return await FidelitySamples.files(asOf: MarketDate(year: 2026, month: 6, day: 9), market: market)
    }

    @Test func files_areNamedAfterTheirDay_withMarkAndFooter() async {
        let files = await files()
        #expect(
            files.map(\.name) == ["Portfolio_Positions_Jun-09-2026.csv", "Portfolio_Positions_Jun-09-2026 (1).csv"])
        for file in files {
            #expect(Array(file.bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
            let text = String(decoding: file.bytes, as: UTF8.self)
            #expect(text.hasSuffix("\"Date downloaded Jun-09-2026 4:31 p.m ET\"\r\n"))
            #expect(!text.replacing("\r\n", with: "").unicodeScalars.contains("\n"))
        }
    }

    @Test func firstFile_hasEveryKindOfRow() async throws {
        let text = String(decoding: try #require(await files().first).bytes, as: UTF8.self)
        for part in [
            "SPAXX**,HELD IN MONEY MARKET,,,,\"$12,450.40\"", " -SPY26", "Pending Activity,,,,,-$35.10", "912810TV0,",
            ",--,",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        let short = try #require(text.split(separator: "\r\n").first { $0.contains(" -AAPL26") })
        #expect(short.contains(",-1,$") && short.contains(",-$") && short.hasSuffix(",Margin,"))
    }
}
