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

    /// A rule from the words of the rule file. Exactly one of `above` and `below` is given. Throws `AlertRuleErrors`
    /// with every field that cannot be used, what is wrong with it and how to write it.
    package init(
        name: String?, metric: String?, scope: String?, above: String?, below: String?, for duration: String? = nil,
        clear: String? = nil
    ) throws(AlertRuleErrors) {
        var errors: [AlertRuleError] = []
        func read<Value>(_ value: () throws(AlertRuleError) -> Value) -> Value? {
            do throws(AlertRuleError) { return try value() } catch {
                errors.append(error)
                return nil
            }
        }
        let name = read { () throws(AlertRuleError) in try Self.name(name) }
        let metric = read { () throws(AlertRuleError) in try Self.metric(metric) }
        let scope = read { () throws(AlertRuleError) in try Self.scope(scope, of: metric) }
        let high = read { () throws(AlertRuleError) in try Self.number(above, "above") } ?? nil
        let low = read { () throws(AlertRuleError) in try Self.number(below, "below") } ?? nil
        _ = read { () throws(AlertRuleError) in try Self.requireOne(above, below) }
        let duration = read { () throws(AlertRuleError) in try Self.duration(duration) }
        let comparison: Comparison = high == nil ? .below : .above
        let clear =
            read { () throws(AlertRuleError) in try Self.clear(clear, beside: high ?? low, comparison) } ?? nil
        guard errors.isEmpty, let name, let metric, let scope, let threshold = high ?? low, let duration else {
            throw AlertRuleErrors(errors)
        }
        (self.name, self.metric, self.scope) = (name, metric, scope)
        (self.comparison, self.threshold, forDuration) = (comparison, threshold, duration)
        clearLevel = clear ?? threshold
    }

    /// Two rules of one name and scope share their state across restarts, so names are to be unique.
    package var id: String { "\(name)|\(scope)" }

    func isBeyond(_ value: FixedDecimal) -> Bool { comparison == .above ? value > threshold : value < threshold }

    /// Whether a raised alert is over at this value.
    func isBack(_ value: FixedDecimal) -> Bool {
        comparison == .above ? value <= clearLevel : value >= clearLevel
    }

    private static func quoted(_ text: String?) -> String { "`\((text ?? "").prefix(60))`" }
}

/// How each field is read.
extension AlertRule {
    private static func name(_ text: String?) throws(AlertRuleError) -> String {
        guard let text, !text.isEmpty else {
            throw AlertRuleError(field: "name", problem: "missing", fix: "give the rule a name")
        }
        return text
    }

    private static func metric(_ text: String?) throws(AlertRuleError) -> AlertMetric {
        guard let metric = text.flatMap(AlertMetric.init(rawValue:)) else {
            throw AlertRuleError(
                field: "metric", problem: text == nil ? "missing" : "\(quoted(text)) is not known",
                fix: "one of \(AlertMetric.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return metric
    }

    /// Whether a metric has a value there is asked only of a metric that is known.
    private static func scope(_ text: String?, of metric: AlertMetric?) throws(AlertRuleError) -> AlertScope {
        guard let known = AlertScope(text ?? "portfolio") else {
            throw AlertRuleError(
                field: "scope", problem: "\(quoted(text)) is no scope",
                fix: "one of portfolio, account:ID, underlying:SYMBOL, position:SYMBOL, broker:ID")
        }
        guard let metric, !metric.scopes.contains(known.kind) else { return known }
        let valid = AlertScope.Kind.allCases.filter(metric.scopes.contains).map(\.rawValue)
        throw AlertRuleError(
            field: "scope", problem: "\(metric.rawValue) has no value for \(known.kind.rawValue)",
            fix: "one of \(valid.joined(separator: ", "))")
    }

    private static func requireOne(_ above: String?, _ below: String?) throws(AlertRuleError) {
        if (above == nil) != (below == nil) { return }
        throw AlertRuleError(
            field: above == nil ? "above" : "below", problem: above == nil ? "missing" : "given beside above",
            fix: "give either above or below")
    }

    private static func number(_ text: String?, _ field: String) throws(AlertRuleError) -> FixedDecimal? {
        guard let text else { return nil }
        guard let value = try? FixedDecimal(text.filter { $0 != "_" }) else {
            throw AlertRuleError(field: field, problem: "\(quoted(text)) is not a number", fix: "such as -2500 or 0.5")
        }
        return value
    }

    /// Nil takes the threshold. Compared with it only when there is one.
    private static func clear(
        _ text: String?, beside threshold: FixedDecimal?, _ comparison: Comparison
    ) throws(AlertRuleError) -> FixedDecimal? {
        guard let level = try number(text, "clear"), let threshold else { return nil }
        guard comparison == .above ? level > threshold : level < threshold else { return level }
        throw AlertRuleError(
            field: "clear", problem: "\(level) is beyond the threshold \(threshold)",
            fix: "a value \(comparison == .above ? "at or below" : "at or above") \(threshold)")
    }

    /// `45s`, `5m`, `2h`, or a bare 0; nil is 0.
    private static func duration(_ text: String?) throws(AlertRuleError) -> Duration {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
        guard let text, text != "0" else { return .zero }
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()),
            (0...86_400).contains(count)
        else {
            throw AlertRuleError(
                field: "for", problem: "\(quoted(text)) is not a duration", fix: "such as 30s, 5m or 2h")
        }
        return .seconds(count * unit)
    }
}

/// All that is wrong with one rule, field by field.
package struct AlertRuleErrors: Error, Sendable, Equatable {
    package var errors: [AlertRuleError]

    init(_ errors: [AlertRuleError]) { self.errors = errors }
}

/// A field that cannot be used: which, what is wrong, how to write it. The reader of the file adds the line.
package struct AlertRuleError: Error, Sendable, Equatable, CustomStringConvertible {
    package var field: String
    package var problem: String
    package var fix: String

    package var description: String { "\(field): \(problem); \(fix)" }
}
