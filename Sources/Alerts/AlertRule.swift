package import PortfolioModel

/// One rule: raise when a metric of a scope has been beyond a threshold for so long; clear when it has come back.
package struct AlertRule: Sendable, Hashable, Codable {
    package enum Comparison: String, Sendable, Codable { case above, below }

    package var name: String
    package var metric: AlertMetric
    package var scope: AlertScope
    package var comparison: Comparison
    package var threshold: FixedDecimal
    /// How long the metric must stay beyond the threshold without a break.
    package var forDuration: Duration
    /// Where it must come back to before the alert clears, on the good side of the threshold; the threshold by default.
    package var clearLevel: FixedDecimal

    /// A rule from the words of the rule file. Exactly one of `above` and `below` is given. Throws `AlertRuleError`
    /// with the field, what is wrong with it and how to write it.
    package init(
        name: String?, metric: String?, scope: String?, above: String?, below: String?, for duration: String? = nil,
        clear: String? = nil
    ) throws(AlertRuleError) {
        guard let name, !name.isEmpty else {
            throw AlertRuleError(field: "name", problem: "missing", fix: "give the rule a name")
        }
        self.name = name
        self.metric = try Self.metric(metric)
        guard let known = AlertScope(scope ?? "portfolio") else {
            throw AlertRuleError(
                field: "scope", problem: "\(Self.quoted(scope)) is no scope",
                fix: "one of portfolio, account:ID, underlying:SYMBOL, position:SYMBOL, broker:ID")
        }
        self.scope = known
        guard self.metric.scopes.contains(known.kind) else {
            let valid = AlertScope.Kind.allCases.filter(self.metric.scopes.contains).map(\.rawValue)
            throw AlertRuleError(
                field: "scope", problem: "\(self.metric.rawValue) has no value for \(known.kind.rawValue)",
                fix: "one of \(valid.joined(separator: ", "))")
        }
        switch (above, below) {
        case (let text?, nil): (comparison, threshold) = (.above, try Self.number(text, "above"))
        case (nil, let text?): (comparison, threshold) = (.below, try Self.number(text, "below"))
        case (nil, nil):
            throw AlertRuleError(field: "above", problem: "missing", fix: "give either above or below")
        case (_?, _?):
            throw AlertRuleError(field: "below", problem: "given beside above", fix: "give either above or below")
        }
        forDuration = try duration.map(Self.duration) ?? .zero
        clearLevel = try clear.map { text throws(AlertRuleError) in try Self.number(text, "clear") } ?? threshold
        if comparison == .above ? clearLevel > threshold : clearLevel < threshold {
            throw AlertRuleError(
                field: "clear", problem: "\(clearLevel) is beyond the threshold \(threshold)",
                fix: "a value \(comparison == .above ? "at or below" : "at or above") \(threshold)")
        }
    }

    /// Two rules of one name and scope share their state across restarts, so names are to be unique.
    package var id: String { "\(name)|\(scope)" }

    func isBeyond(_ value: FixedDecimal) -> Bool { comparison == .above ? value > threshold : value < threshold }

    /// Whether a raised alert is over at this value.
    func isBack(_ value: FixedDecimal) -> Bool {
        comparison == .above ? value <= clearLevel : value >= clearLevel
    }

    private static func metric(_ text: String?) throws(AlertRuleError) -> AlertMetric {
        guard let metric = text.flatMap(AlertMetric.init(rawValue:)) else {
            throw AlertRuleError(
                field: "metric", problem: text == nil ? "missing" : "\(quoted(text)) is not known",
                fix: "one of \(AlertMetric.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return metric
    }

    private static func number(_ text: String, _ field: String) throws(AlertRuleError) -> FixedDecimal {
        let digits = text.filter { $0 != "_" }
        guard let value = try? FixedDecimal(digits) else {
            throw AlertRuleError(field: field, problem: "\(quoted(text)) is not a number", fix: "such as -2500 or 0.5")
        }
        return value
    }

    /// `45s`, `5m`, `2h`, or a bare 0.
    private static func duration(_ text: String) throws(AlertRuleError) -> Duration {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
        if text == "0" { return .zero }
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()),
            (0...86_400).contains(count)
        else {
            throw AlertRuleError(
                field: "for", problem: "\(quoted(text)) is not a duration", fix: "such as 30s, 5m or 2h")
        }
        return .seconds(count * unit)
    }

    private static func quoted(_ text: String?) -> String { "`\((text ?? "").prefix(60))`" }
}

/// A rule that cannot be used: which field, what is wrong, how to write it. The reader of the file adds the line.
package struct AlertRuleError: Error, Sendable, Equatable, CustomStringConvertible {
    package var field: String
    package var problem: String
    package var fix: String

    package var description: String { "\(field): \(problem); \(fix)" }
}
