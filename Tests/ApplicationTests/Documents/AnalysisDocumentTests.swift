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

    @Test func whatIf_namesOnlyWhatChanges() throws {
        let scope = try AnalysisFixture.scope()
        let document = try WhatIfDocument(before: scope, after: scope, notes: [])
        let rows = document.breakdowns.flatMap { $0.rows }
        #expect(rows.isEmpty)
        #expect(document.figures.allSatisfy { $0.difference == 0 || $0.before == nil })
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
            schema sequence asOf base scope linkage index moves volatilityPoints days pnl worst groups coverage curves \
            windows
            """
        ),
        (
            "var",
            """
            schema sequence asOf base scope confidence horizonDays returns minimumReturns from through shortestHistory \
            seed paths methods by groups coverage unknown
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
