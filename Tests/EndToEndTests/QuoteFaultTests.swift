import Foundation
import PortfolioModel
import Testing

/// Quotes and Greeks that are no figures, and a feed that changes its format.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct QuoteFaultTests {
    /// Both are in the simulators' book.
    private func option(_ demo: Demo) async throws -> JSON {
        let rows = try await demo.document("positions")["positions"].items
        return try #require(rows.first { isOption($0) && $0["instrument"]["kind"].text == "equityOption" })
    }

    private func row(_ demo: Demo, _ symbol: String) async throws -> JSON {
        let rows = try await demo.document("positions")["positions"].items
        return try #require(rows.first { $0["instrument"]["symbol"].text == symbol })
    }

    @Test func greeks_fallBackHonestly_whenTheFeedSendsNaN() async throws {
        try await withService(tastytrade: Demo.quick) { demo, _ in
            try await demo.venue.perform("nanGreeks", ["enabled": true])
            _ = try await eventually("Greeks that are not the feed's", within: 20) {
                let options = try await demo.document("positions")["positions"].items.filter { isOption($0) }
                return options.allSatisfy { $0["unitGreeks"]["source"].text != "tastytrade" } ? options.count : nil
            }
            for name in ["positions", "greeks", "status"] {
                let text = try await demo.command([name, "--json", "--quiet"]).text
                #expect(!text.lowercased().contains("nan\"") && !text.contains("NaN") && !text.contains(":nan"))
                _ = try JSON(parsing: Data(text.utf8))
            }
            for row in try await demo.document("positions")["positions"].items where isOption(row) {
                let greeks = row["unitGreeks"]
                let isKnown = greeks["delta"].double != nil
                #expect(isKnown != (greeks["state"].text == "unknown"), "\(BookCheck.name(row)): \(greeks)")
                if isKnown { #expect(greeks["asOf"].text != nil) }
            }
            try await demo.venue.perform("nanGreeks", ["enabled": false])
            try await demo.whenLive(within: 20)
        }
    }

    @Test func feed_isReadAlike_whenItsFormatChangesMidSession() async throws {
        try await withService(tastytrade: Demo.quick) { demo, _ in
            for format in ["FULL", "COMPACT"] {
                try await demo.venue.perform("dataFormat", ["format": format])
                let switched = try await option(demo)["unitGreeks"]["asOf"].text ?? ""
                _ = try await eventually("Greeks after the switch to \(format)", within: 10) {
                    let now = try await option(demo)["unitGreeks"]["asOf"].text ?? ""
                    return now > switched ? now : nil
                }
                try await demo.whenLive(within: 10)
            }
            #expect(try await demo.document("status")["alarms"].items.isEmpty)
        }
    }

    @Test(arguments: ["crossed", "zero"])
    func mark_changesItsRuleWithoutAJump_whenTheQuoteIsNoPrice(fault: String) async throws {
        try await withService(["--seed", "3"], tastytrade: Demo.quick) { demo, _ in
            try await demo.venue.perform("freeze", ["enabled": true])
            let before = try await eventually("a mark from the quote", within: 10) {
                let now = try await option(demo)
                return now["mark"]["rule"].text == "mid" ? now : nil
            }
            let symbol = try #require(before["instrument"]["symbol"].text)
            try await demo.venue.perform("quoteFault", ["symbol": symbol, "fault": fault])
            let after = try await eventually("another rule", within: 8) {
                let now = try await row(demo, symbol)
                return now["mark"]["rule"].text == "mid" ? nil : now
            }
            let (was, value) = (before["mark"]["value"].decimal, after["mark"]["value"].decimal)
            let old = try #require(was?.doubleValue)
            let new = try #require(value?.doubleValue, "the mark is \(after["mark"])")
            #expect(abs(new - old) <= max(0.25, 0.05 * old), "\(symbol) \(fault): \(old) to \(new), \(after["mark"])")
            try await demo.venue.perform("quoteFault", ["symbol": symbol])
            _ = try await eventually("the middle again", within: 8) {
                try await row(demo, symbol)["mark"]["rule"].text == "mid" ? true : nil
            }
        }
    }
}
