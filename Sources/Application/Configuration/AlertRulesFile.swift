import Alerts
import PortfolioModel
import Yams

/// The file of alert rules that `alerts:` names.
enum AlertRulesFile {
    static let schema = 1
    private static let keys = ["name", "metric", "scope", "above", "below", "for", "clear"]

    static func load(_ path: String) throws(ConfigurationErrors) -> [AlertRule] {
        try parse(try ConfigurationFile.text(path), file: path)
    }

    /// Reports every rule that cannot be used, each with its line.
    static func parse(_ text: String, file: String) throws(ConfigurationErrors) -> [AlertRule] {
        let node: Node?
        do { node = try compose(yaml: text) } catch {
            throw ConfigurationErrors([ConfigurationError(yaml: error, file: file)])
        }
        var reader = ConfigurationReader(file: file)
        let root = reader.mapping(node, at: ConfigurationPath(), keys: ["schema", "rules"])
        _ = reader.required("schema", in: root, .integer(schema...schema))
        var rules: [AlertRule] = []
        var names: Set<String> = []
        for row in reader.list("rules", of: root, keys: keys) {
            let words = Dictionary(uniqueKeysWithValues: keys.map { ($0, reader.optional($0, in: row, .text)) })
                .compactMapValues(\.self)
            if let name = words["name"], !names.insert(name).inserted {
                reader.refuse(
                    "duplicate", "two rules are called `\(name)`", at: row.path.appending("name"),
                    line: row.line(of: "name"), fix: "give each rule its own name")
            }
            guard let rule = rule(words, row, &reader) else { continue }
            checkBroker(of: rule, row, &reader)
            rules.append(rule)
        }
        if !reader.errors.isEmpty { throw ConfigurationErrors(reader.errors) }
        return rules
    }

    private static func rule(
        _ words: [String: String], _ row: ConfigurationSection, _ reader: inout ConfigurationReader
    ) -> AlertRule? {
        do {
            return try AlertRule(
                name: words["name"], metric: words["metric"], scope: words["scope"], above: words["above"],
                below: words["below"], for: words["for"], clear: words["clear"])
        } catch {
            for problem in error.errors where !isTold(problem, words, row) {
                let place = row.path.appending(problem.field)
                reader.refuse(
                    "bad-rule", "`\(place)`: \(problem.problem)", at: place,
                    line: row.line(of: problem.field) ?? row.line, fix: problem.fix)
            }
            return nil
        }
    }

    /// A rule on a broker that this service does not have would never say anything.
    private static func checkBroker(
        of rule: AlertRule, _ row: ConfigurationSection, _ reader: inout ConfigurationReader
    ) {
        let brokers = BrokerCatalogue.entries.map(\.id.name)
        guard case .broker(let name) = rule.scope, !brokers.contains(name) else { return }
        let place = row.path.appending("scope")
        reader.refuse(
            "bad-rule", "`\(place)`: `\(name)` is no broker of this service", at: place, line: row.line(of: "scope"),
            fix: "one of \(brokers.map { "broker:\($0)" }.joined(separator: ", "))")
    }

    /// A field that is there and is no text was refused as such; it is not missing as well.
    private static func isTold(
        _ problem: AlertRuleError, _ words: [String: String], _ row: ConfigurationSection
    ) -> Bool {
        let thresholds = ["above", "below"]
        let fields = thresholds.contains(problem.field) ? thresholds : [problem.field]
        return words[problem.field] == nil && fields.contains { row[$0] != nil && words[$0] == nil }
    }
}

extension ServiceConfiguration {
    /// The rules in force; none when no file is named.
    func loadAlertRules() throws(ConfigurationErrors) -> [AlertRule] {
        guard let alertsPath else { return [] }
        return try AlertRulesFile.load(alertsPath)
    }
}
