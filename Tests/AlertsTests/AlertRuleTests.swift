import Alerts
import PortfolioModel
import Testing

struct AlertRuleTests {
    @Test func init_readsEveryField() throws {
        let rule = try AlertRule(
            name: "day loss", metric: "dayPnL", scope: "account:tastytrade-1", above: nil, below: "-2_500.50",
            for: "5m",
            clear: "-1000")
        #expect(rule.metric == .dayPnL)
        #expect(rule.scope == .account("tastytrade-1"))
        #expect(rule.comparison == .below)
        #expect(rule.threshold.description == "-2500.5")
        #expect(rule.forDuration == .seconds(300))
        #expect(rule.clearLevel == -1000)
    }

    @Test func init_hasDefaults() throws {
        let rule = try AlertRule(name: "long", metric: "netLiq", scope: nil, above: "10", below: nil)
        #expect(rule.scope == .portfolio)
        #expect(rule.forDuration == .zero)
        #expect(rule.clearLevel == 10)
    }

    struct Bad: Sendable {
        var name: String? = "x"
        var metric: String? = "dayPnL"
        var scope: String? = "portfolio"
        var above: String?
        var below: String? = "-1"
        var duration: String?
        var clear: String?
        var field: String
        var says: String
    }

    @Test(arguments: [
        Bad(name: nil, field: "name", says: "missing"), Bad(name: "", field: "name", says: "missing"),
        Bad(metric: nil, field: "metric", says: "missing"),
        Bad(metric: "dayPnl", field: "metric", says: "`dayPnl` is not known"),
        Bad(scope: "acct:1", field: "scope", says: "`acct:1` is no scope"),
        Bad(scope: "broker:x", field: "scope", says: "dayPnL has no value for broker"),
        Bad(below: nil, field: "above", says: "missing"), Bad(above: "1", field: "below", says: "given beside above"),
        Bad(below: "1,5", field: "below", says: "`1,5` is not a number"),
        Bad(above: "ten", below: nil, field: "above", says: "`ten` is not a number"),
        Bad(duration: "30", field: "for", says: "`30` is not a duration"),
        Bad(duration: "-3s", field: "for", says: "`-3s` is not a duration"),
        Bad(clear: "-2", field: "clear", says: "-2 is beyond the threshold -1"),
    ])
    func init_namesTheFieldAndTheFix(_ bad: Bad) throws {
        let errors = try #require(throws: AlertRuleErrors.self) {
            try AlertRule(
                name: bad.name, metric: bad.metric, scope: bad.scope, above: bad.above, below: bad.below,
                for: bad.duration, clear: bad.clear)
        }
        let error = try #require(errors.errors.first)
        #expect(errors.errors.count == 1)
        #expect(error.field == bad.field)
        #expect(error.problem == bad.says)
        #expect(!error.fix.isEmpty)
        if bad.field == "metric" {
            for metric in AlertMetric.allCases { #expect(error.fix.contains(metric.rawValue)) }
        }
    }

    @Test(arguments: [
        (Bad(metric: "pnl", above: "1", field: "", says: ""), ["metric", "below"]),
        (Bad(above: "abc", below: nil, duration: "5 parsecs", field: "", says: ""), ["above", "for"]),
        (
            Bad(name: "", scope: "acct:1", below: nil, clear: "x", field: "", says: ""),
            ["name", "scope", "above", "clear"]
        ),
    ])
    func init_namesEveryField_whenSeveralAreWrong(bad: Bad, fields: [String]) throws {
        let errors = try #require(throws: AlertRuleErrors.self) {
            try AlertRule(
                name: bad.name, metric: bad.metric, scope: bad.scope, above: bad.above, below: bad.below,
                for: bad.duration, clear: bad.clear)
        }
        #expect(errors.errors.map(\.field) == fields)
    }

    @Test(arguments: AlertMetric.allCases)
    func metric_hasAScope(metric: AlertMetric) {
        #expect(!metric.scopes.isEmpty)
    }
}
