import Foundation
import PortfolioModel
import Risk
import Testing

@testable import Application

struct AnalysisDocumentTests {
    private func roundTrip<D: Document>(_ document: D) throws {
        let data = try DocumentEncoder().data(document)
        #expect(try DocumentDecoder().decode(D.self, from: data) == document)
        #expect(document.schema == D.schemaName)
        #expect(document.sequence == 42)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.firstMatch(of: /(?i):\s*-?(nan|inf)/) == nil)
    }

    @Test func documents_decodeToThemselves() throws {
        let scope = try AnalysisFixture.scope()
        try roundTrip(RiskDocument(scope))
        try roundTrip(ExposureDocument(scope))
        try roundTrip(ScenariosDocument(scope))
        try roundTrip(ValueAtRiskDocument(scope))
        try roundTrip(WhatIfDocument(before: scope, after: scope, notes: ["a note"]))
    }

    @Test(arguments: BreakdownDimension.allCases)
    func risk_hasTheRowsAskedFor(_ dimension: BreakdownDimension) throws {
        var query = AnalysisQuery()
        query.by = [dimension.rawValue]
        let document = try RiskDocument(try AnalysisFixture.scope(query))
        #expect(document.breakdowns.map(\.by) == [dimension.rawValue])
        let positions = try ViewFixture.portfolio().positions.count
        #expect(document.breakdowns[0].rows.reduce(0) { $0 + $1.positions } == positions)
    }

    @Test func dimension_isRefused_whenItIsNone() throws {
        var query = AnalysisQuery()
        query.by = ["colour"]
        let scope = try AnalysisFixture.scope(query)
        #expect(throws: CommandError.self) { try RiskDocument(scope) }
    }

    @Test func valueAtRisk_isUnknown_withoutHistory() throws {
        let scope = try AnalysisFixture.scope()
        let document = try ValueAtRiskDocument(scope)
        #expect(document.unknown?.contains("history") == true)
        #expect(document.methods.allSatisfy { $0.valueAtRisk == nil && $0.expectedShortfall == nil })
        #expect(!document.coverage.uncovered.isEmpty)
    }

    /// Closes of everything held; the first has one more, far off, on a date that no other has.
    private func past(withOutlier: Bool) throws -> MarketPast {
        let ids = try AnalysisFixture.scope().revaluation.factors.compactMap { factor -> InstrumentID? in
            if case .price(let id) = factor { id } else { nil }
        }
        let first = ViewFixture.now.utcDate.adding(days: -200)
        func price(_ id: InstrumentID, _ day: Int, _ close: Int) -> DailyPrice {
            DailyPrice(
                instrument: id, date: first.adding(days: day), close: FixedDecimal(close), source: "tastytrade",
                asOf: ViewFixture.now)
        }
        var prices = ids.flatMap { id in
            (0..<90).map { price(id, 2 * $0, 100 + ($0 * 7 + Int(id.raw) * $0 * $0) % 11) }
        }
        if withOutlier, let id = ids.min() { prices.append(price(id, 41, 1)) }
        return MarketPast(prices: PriceHistory(prices), rates: FXHistory(), through: ViewFixture.now.utcDate)
    }

    /// The total leaves a date out that some factor lacks; its parts leave it out too.
    @Test func partsOfValueAtRisk_areOfTheTotalsDates() throws {
        let plain = try ValueAtRiskDocument(AnalysisFixture.scope(past: past(withOutlier: false)))
        let odd = try ValueAtRiskDocument(AnalysisFixture.scope(past: past(withOutlier: true)))
        #expect(plain.returns == 89 && plain.methods.allSatisfy { $0.valueAtRisk != nil })
        #expect(plain.groups.count { $0.unknown == nil } > 1)
        #expect(odd.methods == plain.methods && odd.groups == plain.groups)
    }

    @Test func valueAtRisk_isUnknown_whenTheWindowIsBelowTheMinimum() throws {
        var query = AnalysisQuery()
        query.valueAtRisk = ValueAtRiskQuery()
        query.valueAtRisk?.window = 5
        let document = try ValueAtRiskDocument(AnalysisFixture.scope(query, past: past(withOutlier: false)))
        #expect(document.unknown == "5 returns in the window, 60 needed")
        #expect(document.methods.allSatisfy { $0.valueAtRisk == nil && $0.expectedShortfall == nil })
        #expect(!document.groups.isEmpty && document.groups.allSatisfy { $0.unknown != nil })
        query.valueAtRisk?.window = 60
        let enough = try ValueAtRiskDocument(AnalysisFixture.scope(query, past: past(withOutlier: false)))
        #expect(enough.unknown == nil && enough.returns == 60)
    }

    @Test func valueAtRisk_hasPartsAlongEachDimension() throws {
        var query = AnalysisQuery()
        query.by = ["account", "underlying"]
        let document = try ValueAtRiskDocument(AnalysisFixture.scope(query))
        #expect(document.breakdowns?.map(\.by) == ["account", "underlying"])
        #expect(document.by == "account" && document.groups == document.breakdowns?.first?.groups)
        let text = DocumentRenderer(terminal: .none).text(document, now: ViewFixture.now)
        #expect(text.contains("By account, each by itself") && text.contains("By underlying, each by itself"))
    }

    @Test func dimensions_areRefused_whereTheyWouldBePassedOver() throws {
        var query = AnalysisQuery()
        query.by = ["account"]
        let error = #expect(throws: CommandError.self) { try query.checkDimensions(of: .scenarios) }
        #expect(error?.exitStatus == ExitStatus.usage.rawValue && error?.field == "by")
        try query.checkDimensions(of: .attribution)
        query.by = ["account", "underlying"]
        #expect(throws: CommandError.self) { try query.checkDimensions(of: .attribution) }
        try query.checkDimensions(of: .valueAtRisk)
        query.by = ["underlying"]
        try query.checkDimensions(of: .scenarios)
    }

    @Test func whatIf_namesOnlyWhatChanges() throws {
        let scope = try AnalysisFixture.scope()
        let document = try WhatIfDocument(before: scope, after: scope, notes: [])
        let rows = document.breakdowns.flatMap { $0.rows }
        #expect(rows.isEmpty)
        #expect(document.figures.allSatisfy { $0.difference?.doubleValue == 0 || $0.before == nil })
    }

    @Test(arguments: ["SPY", "spy"])
    func underlying_isFoundInAnyCase(_ asked: String) throws {
        var query = AnalysisQuery()
        query.underlying = asked
        let scope = try AnalysisFixture.scope(query).namingUnderlying()
        #expect(scope.query.underlying == "SPY")
    }

    @Test func underlying_isRefused_withThoseThereAre_whenNothingHeldIsOfIt() throws {
        var query = AnalysisQuery()
        query.underlying = "ZZZ"
        let scope = try AnalysisFixture.scope(query)
        do {
            _ = try scope.namingUnderlying()
            Issue.record("accepted")
        } catch let error as CommandError {
            #expect(error.exitStatus == 64 && error.fix?.hasPrefix("one of: ") == true)
            #expect(error.fix?.contains("SPY") == true)
        }
    }

    @Test func money_isADecimalString_andAGreekANumber() throws {
        let scope = try AnalysisFixture.scope()
        let document = try WhatIfDocument(before: scope, after: scope, notes: [])
        #expect(document.figures.contains { if case .money = $0.after { true } else { false } })
        let worst = try #require(NamedFigure.money("x", -61_202.98999999999, .usd).value)
        let data = try DocumentEncoder().data([worst, .number(0.5)])
        #expect(String(decoding: data, as: UTF8.self) == #"["-61202.99",0.5]"#)
        #expect(try DocumentDecoder().decode([NamedFigure.Amount].self, from: data) == [worst, .number(0.5)])
        // Results were kept as numbers.
        let kept = try DocumentDecoder().decode([ModelAmount].self, from: Data("[12.345,\"1.5\"]".utf8))
        #expect(kept.map(\.value.description) == ["12.345", "1.5"])
    }

    @Test func figures_haveTheirNames_andTheHypotheticalAccountItsOwn() throws {
        let scope = try AnalysisFixture.scope()
        let text = DocumentRenderer(terminal: .none).text(
            try WhatIfDocument(before: scope, after: scope, notes: []), now: ViewFixture.now)
        for name in ["delta-normal VaR", "historical CVaR", "$ gamma 1 %", "beta-weighted delta"] {
            #expect(text.contains(name))
        }
        #expect(DocumentOptions().number(AccountKey(WhatIf.broker, "what-if")) == "what-if")
        #expect(DocumentOptions().number(ViewFixture.tasty.key) == "****1234")
    }

    @Test func whatSimulationsLeaveOut_isSaid_andNothingValuedIsUnknown() throws {
        let scope = try AnalysisFixture.scope()
        let left = scope.simulated.unpriced.map(\.name)
        let document = try WhatIfDocument(before: scope, after: scope, notes: [])
        #expect(!left.isEmpty)
        for name in left {
            #expect(document.notes.contains { $0.hasPrefix("the worst scenario is without") && $0.contains(name) })
        }
        var none = scope
        none.query.underlying = "RELIANCE"
        let scenarios = try ScenariosDocument(none)
        #expect(scenarios.unknown?.hasPrefix("nothing can be valued: ") == true && scenarios.worst == nil)
        #expect(scenarios.pnl.allSatisfy { $0.allSatisfy { $0.allSatisfy { $0 == nil } } })
        let simulated = none.simulated.figures.first { $0.name == "worstScenario" }
        #expect(simulated?.value == nil && simulated?.reason == scenarios.unknown)
    }

    @Test func window_isRefused_whenItIsNone() throws {
        var query = AnalysisQuery()
        var grid = GridQuery()
        grid.window = "last-tuesday"
        query.grid = grid
        let scope = try AnalysisFixture.scope(query)
        #expect(throws: CommandError.self) { try ScenariosDocument(scope) }
    }

    @Test(arguments: [
        ("risk", "schema sequence asOf base scope totals breakdowns valueAtRisk groups expiring alarms"),
        (
            "exposure",
            """
            schema sequence asOf base scope total netLiq leverage breakdowns concentration herfindahl \
            concentrationReason currencies accounts
            """
        ),
        (
            "scenarios",
            """
            schema sequence asOf base scope linkage index moves volatilityPoints days pnl unknown worst groups \
            coverage curves windows
            """
        ),
        (
            "var",
            """
            schema sequence asOf base scope confidence horizonDays returns minimumReturns from through shortestHistory \
            seed paths methods by groups breakdowns coverage unknown
            """
        ),
        ("what-if", "schema sequence asOf base scope legs figures breakdowns groups notes"),
    ])
    func document_hasTheKeysOfTheContract(_ name: String, _ keys: String) throws {
        let scope = try AnalysisFixture.scope()
        let encoder = DocumentEncoder()
        let data =
            switch name {
            case "risk": try encoder.data(RiskDocument(scope))
            case "exposure": try encoder.data(ExposureDocument(scope))
            case "scenarios": try encoder.data(ScenariosDocument(scope))
            case "var": try encoder.data(ValueAtRiskDocument(scope))
            default: try encoder.data(WhatIfDocument(before: scope, after: scope, notes: []))
            }
        #expect(try JSONKeys.children(of: "", in: data) == Set(keys.split(separator: " ").map(String.init)))
    }

    @Test func tables_areMade_ofEachDocument() throws {
        var query = AnalysisQuery()
        query.underlying = "SPY"
        let scope = try AnalysisFixture.scope(query)
        let renderer = DocumentRenderer(terminal: .none)
        let texts = [
            renderer.text(try RiskDocument(scope), now: ViewFixture.now),
            renderer.text(try ExposureDocument(scope), now: ViewFixture.now),
            renderer.text(try ScenariosDocument(scope), now: ViewFixture.now),
            renderer.text(try ValueAtRiskDocument(scope), now: ViewFixture.now),
            renderer.text(try WhatIfDocument(before: scope, after: scope, notes: []), now: ViewFixture.now),
        ]
        for text in texts { #expect(text.count > 100) }
        #expect(texts[0].contains("β Delta (SPY)"))
        #expect(texts[3].contains("unknown: "))
    }
}
