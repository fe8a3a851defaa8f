import Alerts
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
        for row in reader.list("rules", of: root, keys: keys) {
            guard let rule = rule(row, &reader) else { continue }
            if rules.contains(where: { $0.name == rule.name }) {
                reader.refuse(
                    "duplicate", "two rules are called `\(rule.name)`", at: row.path.appending("name"),
                    line: row.line(of: "name"), fix: "give each rule its own name")
            }
            rules.append(rule)
        }
        if !reader.errors.isEmpty { throw ConfigurationErrors(reader.errors) }
        return rules
    }

    private static func rule(_ row: ConfigurationSection, _ reader: inout ConfigurationReader) -> AlertRule? {
        let before = reader.errors.count
        let words = Dictionary(uniqueKeysWithValues: keys.map { ($0, reader.optional($0, in: row, .text)) })
        guard reader.errors.count == before else { return nil }
        func word(_ key: String) -> String? { words[key] ?? nil }
        do {
            return try AlertRule(
                name: word("name"), metric: word("metric"), scope: word("scope"), above: word("above"),
                below: word("below"), for: word("for"), clear: word("clear"))
        } catch {
            reader.refuse(
                "bad-rule", "`\(row.path.appending(error.field))`: \(error.problem)",
                at: row.path.appending(error.field), line: row.line(of: error.field) ?? row.line, fix: error.fix)
            return nil
        }
    }
}

extension ServiceConfiguration {
    /// The rules in force; none when no file is named.
    func loadAlertRules() throws(ConfigurationErrors) -> [AlertRule] {
        guard let alertsPath else { return [] }
        return try AlertRulesFile.load(alertsPath)
    }
}
