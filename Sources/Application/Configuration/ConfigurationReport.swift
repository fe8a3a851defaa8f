/// What `config check` and `config show` print.
enum ConfigurationReport {
    struct CheckDocument: Document {
        static let schemaName = "tributary.config-check/1"
        var schema = schemaName
        var sequence: UInt64 = 0
        /// Null when there is no file and defaults are in force.
        @ExplicitNull var file: String?
        var enabled: [String]
        var accounts: Int
        var portfolios: Int
    }

    struct ShowDocument: Document {
        struct Row: Codable, Sendable, Equatable {
            var key: String
            /// As YAML; account numbers masked unless asked for, secrets as references.
            var value: String
            var origin: String
        }

        static let schemaName = "tributary.config/1"
        var schema = schemaName
        var sequence: UInt64 = 0
        @ExplicitNull var file: String?
        var values: [Row]
    }

    static func check(_ configuration: ServiceConfiguration, path: String?, json: Bool) throws -> String {
        let enabled = [("tastytrade", configuration.tastytrade.enabled), ("fidelity", configuration.fidelity.enabled)]
            .filter(\.1).map(\.0)
        if json {
            let document = CheckDocument(
                file: configuration.file, enabled: enabled, accounts: configuration.accounts.count,
                portfolios: configuration.portfolios.count)
            return try DocumentEncoder.text(document) + "\n"
        }
        let brokers = enabled.isEmpty ? "no broker enabled" : "enabled: \(enabled.joined(separator: ", "))"
        guard let file = configuration.file else {
            return "no configuration file\(path.map { " at \($0)" } ?? ""); defaults are in force; \(brokers)\n"
        }
        return "\(file): no errors; \(brokers)\n"
    }

    /// Every key in force, defaults too; `effective` adds where each value comes from.
    static func show(
        _ configuration: ServiceConfiguration, effective: Bool, json: Bool, unmask: Bool = false
    ) throws -> String {
        let entries = configuration.entries
        if json {
            let rows = entries.map {
                ShowDocument.Row(
                    key: $0.path.description, value: unmask ? $0.whole : $0.text, origin: $0.origin.description)
            }
            return try DocumentEncoder.text(ShowDocument(file: configuration.file, values: rows)) + "\n"
        }
        let heading = effective ? "# \(configuration.file ?? "no configuration file: all defaults")\n" : ""
        return heading + EffectiveYAML.text(entries, origins: effective, unmask: unmask)
    }
}
