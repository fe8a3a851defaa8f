import Foundation
import PortfolioModel
import PortfolioStore

/// Results of risk are stored with their time and what they were computed with, so that a past one can be shown again.
extension AnalysisDesk {
    private static let kind = "var"

    /// Computed now and kept; with `asOf` the last one of the same parameters that was kept by the end of that date.
    func valueAtRisk(_ query: AnalysisQuery) throws -> String {
        let scope = try scope(query)
        let parameters = try Self.parameters(scope.query, scope.base)
        if let text = query.asOf { return try kept(parameters, on: text) }
        let document = try ValueAtRiskDocument(scope)
        let json = try DocumentEncoder().text(document)
        if keeps, document.unknown == nil {
            try store.saveRiskResult(
                StoredRiskResult(
                    kind: Self.kind, parameters: parameters, json: json, sequence: document.sequence, at: at))
        }
        return json
    }

    /// The last one kept of the scope with standard parameters; nil without one.
    func latestValueAtRisk(_ scope: AnalysisScope) throws -> ValueAtRiskDocument? {
        var query = AnalysisQuery()
        (query.account, query.portfolio, query.valueAtRisk) = (scope.query.account, scope.query.portfolio, .init())
        let parameters = try Self.parameters(query, scope.base)
        return try store.riskResults(Self.kind, parameters: parameters, through: at, limit: 1).first.map {
            try DocumentDecoder().decode(ValueAtRiskDocument.self, from: Data($0.json.utf8))
        }
    }

    private func kept(_ parameters: String, on text: String) throws -> String {
        guard let date = CalendarDate(text) else {
            throw CommandError(
                "bad-date", "`\(text)` is no date", field: "as-of", fix: "write YYYY-MM-DD", exit: .usage)
        }
        if date > at.latestDate {
            throw CommandError(
                "future-date", "\(date) lies in the future", field: "as-of", fix: "a date up to today", exit: .usage)
        }
        let end = MarketZone.newYork.instant(date.adding(days: 1), hour: 0, minute: 0)
        guard let result = try store.riskResults(Self.kind, parameters: parameters, through: end, limit: 1).first else {
            throw CommandError(
                "no-result", "no value at risk with these parameters was kept by the end of \(date)",
                fix: "it is kept each time `var` is asked of the running service", exit: .noInput)
        }
        return result.json
    }

    /// Equal for equal questions: keys sorted, nothing left out.
    private static func parameters(_ query: AnalysisQuery, _ base: Currency) throws -> String {
        struct Parameters: Encodable {
            var by: [String]
            var account: String?
            var portfolio: String?
            var underlying: String?
            var base: String
            var valueAtRisk: ValueAtRiskQuery
        }
        return try DocumentEncoder().text(
            Parameters(
                by: query.by, account: query.account, portfolio: query.portfolio, underlying: query.underlying,
                base: base.code, valueAtRisk: query.valueAtRisk ?? ValueAtRiskQuery()))
    }
}
