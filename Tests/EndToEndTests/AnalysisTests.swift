import Foundation
import PortfolioModel
import Testing

/// Every analysis over a live sandbox with Tastytrade accounts and imported Fidelity files.
@Suite(.serialized, .timeLimit(.minutes(4)))
struct AnalysisTests {
    private func document(_ arguments: [String], _ demo: Demo) async throws -> JSON {
        let output = try await demo.command(arguments + ["--json", "--quiet"])
        #expect(output.status == 0, "\(arguments): \(output.err)")
        return try JSON(parsing: output.out)
    }

    @Test func frozenBook_hasTheExposureAndRiskOfItsPaper() async throws {
        try await withService(["--freeze", "S11"]) { demo, _ in
            let risk = try await document(["risk", "--by", "underlying,account,total"], demo)
            let totals = risk["totals"]
            #expect(FrozenBookTests.near(totals["exposure"]["net"].double, 309_735))
            // 60,000 + 24,000 + 360 + 300,500 + 75,125.
            #expect(FrozenBookTests.near(totals["exposure"]["gross"].double, 459_985))
            #expect(FrozenBookTests.near(totals["moneyGreeks"]["vega"].double, 201))
            #expect(risk["breakdowns"].items.map { $0["by"].text } == ["underlying", "account", "total"])
            let spy = risk["breakdowns"][0]["rows"].items.first { $0["label"].text == "SPY" }
            #expect(FrozenBookTests.near(spy?["delta"].double, 140))
            // The short puts alone: 494 received for each, and 56,506 to lose.
            let puts = risk["groups"].items.first { $0["name"].text?.contains("SPY 20") == true }
            #expect(puts?["maximumProfit"].text == "1494.00")
            #expect(puts?["maximumLoss"].text == "-112506.00")
            try await compareWhatIf(demo)
            try await readCurve(demo)
        }
    }

    private func compareWhatIf(_ demo: Demo) async throws {
        let answer = try await document(["what-if", "+100 SPY"], demo)
        let figures = answer["figures"].items
        func change(_ name: String) -> Double? {
            let difference = figures.first { $0["name"].text == name }?["difference"]
            return difference?.double ?? difference?.decimal?.doubleValue
        }
        #expect(FrozenBookTests.near(change("dollarDelta"), 60_000))
        #expect(FrozenBookTests.near(change("cash"), -60_000))
        #expect(FrozenBookTests.near(change("netLiq"), 0))
        let positions = try await demo.document("positions")["positions"].items
        #expect(positions.count == FrozenBookTests.rows.count)
        #expect(try await demo.command(["what-if", "nothing"]).status == 64)
    }

    private func readCurve(_ demo: Demo) async throws {
        let answer = try await document(
            ["scenarios", "--underlying", "SPY", "--moves", "-10,0,10", "--vols", "0", "--days", "0"], demo)
        let row = answer["pnl"][0][0].items.map(\.double)
        #expect(row.count == 3)
        #expect(row[1] == 0)
        // 100 shares and two short puts at 570: worse than the shares alone below, the credit more above.
        #expect(row[0].map { $0 < -6_000 } == true)
        #expect(row[2].map { $0 > 6_000 && $0 < 7_100 } == true)
        #expect(answer["curves"].items.count == 1)
        let drawn = try await demo.command(["scenarios", "--underlying", "SPY", "--quiet"])
        #expect(drawn.text.contains("P&L in USD over its price"))
    }

    @Test func liveBook_answersEveryAnalysis() async throws {
        let extra = """
            analysis: {sectors: {SPY: Broad market}}
            accounts: [{broker: tastytrade, number: 5WX00042, name: trading}]
            portfolios: [{name: family, base: EUR, accounts: [trading]}]
            """
        try await withService([], extra: extra) { demo, _ in
            let holdings = try await risk(demo)
            try await checkExposure(demo)
            try await checkValueAtRisk(demo)
            try await checkAttribution(demo, holdings)
            for bad in [
                ["risk", "--by", "nothing"], ["risk", "--account", "nobody-1"], ["risk", "--currency", "XX"],
                ["scenarios", "--window", "nothing"], ["var", "--confidence", "2"], ["attribution", "--from", "never"],
                ["attribution", "--currency", "EUR"], ["scenarios", "--underlying", "ZZZ"],
                ["var", "--underlying", "ZZZ"],
            ] {
                let output = try await demo.command(bad)
                #expect(output.status == 64, "\(bad)")
                #expect(!output.err.isEmpty && output.out.isEmpty)
            }
        }
    }

    private func risk(_ demo: Demo) async throws -> Int {
        let risk = try await document(["risk", "--by", "position,broker,currency,sector,expiry,legs"], demo)
        #expect(risk["schema"].text == "tributary.risk/1")
        let breakdowns = risk["breakdowns"].items
        #expect(breakdowns.count == 6)
        let net = try #require(risk["totals"]["exposure"]["known"]["net"].double)
        for breakdown in breakdowns {
            let sum = breakdown["rows"].items.reduce(0) { $0 + ($1["exposure"]["known"]["net"].double ?? .nan) }
            #expect(abs(sum - net) < 1e-6 * abs(net) + 1e-6, "\(breakdown["by"])")
        }
        let one = try await document(["risk", "--account", "tastytrade-1", "--by", "account"], demo)
        #expect(one["breakdowns"][0]["rows"].items.map { $0["label"].text } == ["tastytrade-1"])
        return breakdowns[0]["rows"].items.count
    }

    private func checkExposure(_ demo: Demo) async throws {
        let exposure = try await document(["exposure"], demo)
        #expect(exposure["breakdowns"].items.compactMap { $0["by"].text }.contains("asset-class"))
        let shares = exposure["concentration"].items.compactMap { $0["share"].double }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
        #expect(shares == shares.sorted(by: >))
        #expect(exposure["currencies"][0]["base"]["known"].decimal == exposure["netLiq"]["known"].decimal)
    }

    private func checkValueAtRisk(_ demo: Demo) async throws {
        let found = try await eventually("price history", within: 60) {
            let answer = try await document(["var", "--paths", "500"], demo)
            return answer["returns"].double == 499 ? answer : nil
        }
        #expect(found["methods"].items.map { $0["method"].text } == ["delta-normal", "historical", "monte-carlo"])
        for method in found["methods"].items {
            let (loss, shortfall) = (method["valueAtRisk"].decimal, method["expectedShortfall"].decimal)
            #expect(loss.map { $0 > 0 } == true)
            #expect(shortfall.flatMap { deep in loss.map { deep >= $0 } } == true)
        }
        let date = try #require(found["asOf"].text?.prefix(10))
        let kept = try await document(["var", "--paths", "500", "--as-of", String(date)], demo)
        #expect(kept["methods"] == found["methods"] || kept["sequence"].double ?? 0 >= found["sequence"].double ?? 0)
        #expect(try await demo.command(["var", "--as-of", "2020-01-02", "--quiet"]).status == 66)
        let beta = try await document(["risk", "--by", "total"], demo)["totals"]["betaWeighted"]
        #expect(beta["index"].text == "SPY")
        #expect(beta["knownDelta"].double.map { $0 != 0 } == true)
        _ = try await eventually("betas in status", within: 60) {
            let totals = try await demo.document("status")["totals"]
            let isKnown = totals["betaWeightedDelta"].double != nil
            let hasReason = totals["betaWeightedReason"].text != nil
            return isKnown == (beta["delta"].double != nil) && isKnown != hasReason ? true : nil
        }
        let windows = try await document(["scenarios", "--window", "all", "--linked", "--moves", "0"], demo)
        #expect(windows["windows"].items.count > 10)
        #expect(windows["linkage"].text == "beta")
    }

    private func checkAttribution(_ demo: Demo, _ holdings: Int) async throws {
        let family = try await document(["attribution", "--portfolio", "family"], demo)
        #expect(family["base"].text == "USD" && family["notes"].items.count == 1)
        #expect(!family["rows"].items.isEmpty)
        let answer = try await document(["attribution", "--from", "entry"], demo)
        #expect(answer["rows"].items.count >= holdings)
        for row in answer["rows"].items + [answer["total"]] {
            guard case .object(let terms) = row["terms"] else {
                Issue.record("\(row)")
                continue
            }
            let sum = try FixedDecimal.sum(terms.values.compactMap(\.decimal))
            #expect(sum == row["known"].decimal, "\(row["label"])")
        }
    }
}
