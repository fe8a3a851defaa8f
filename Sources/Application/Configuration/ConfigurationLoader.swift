import Foundation
import Logging
import PortfolioModel
import Yams

/// Reads the one configuration file, reporting everything that is wrong with it at once.
struct ConfigurationLoader {
    static let schema = 1

    let paths: Paths
    let environment: [String: String]
    /// What relative paths in the file start at.
    let folder: String
    var reader: ConfigurationReader

    /// Reads `path`, which must exist; nil reads the profile's own file, or takes defaults when there is none.
    static func load(
        path: String?, paths: Paths, environment: [String: String]
    ) throws(ConfigurationErrors) -> ServiceConfiguration {
        let file = path ?? paths.configuration
        if path == nil, !FileManager.default.fileExists(atPath: file) {
            return try parse("", file: nil, paths: paths, environment: environment)
        }
        let text = try ConfigurationFile.text(file)
        let absolute = URL(fileURLWithPath: file).path
        return try parse(text, file: absolute, paths: paths, environment: environment)
    }

    static func parse(
        _ text: String, file: String?, paths: Paths, environment: [String: String]
    ) throws(ConfigurationErrors) -> ServiceConfiguration {
        let place = file ?? paths.configuration
        let root: Node?
        do { root = try compose(yaml: text) } catch {
            throw ConfigurationErrors([ConfigurationError(yaml: error, file: place)])
        }
        var loader = ConfigurationLoader(
            paths: paths, environment: environment, folder: (place as NSString).deletingLastPathComponent,
            reader: ConfigurationReader(file: place))
        let configuration = loader.configuration(root, file: file)
        if !loader.reader.errors.isEmpty { throw ConfigurationErrors(loader.reader.errors) }
        return configuration
    }

    private static let keys = [
        "schema", "base", "session", "database", "inbox", "alerts", "log", "snapshots", "accounts", "portfolios",
        "brokers", "limits", "model", "analysis", "rates", "fx", "betas",
    ]

    private mutating func configuration(_ node: Node?, file: String?) -> ServiceConfiguration {
        let root = reader.mapping(node, at: ConfigurationPath(), keys: Self.keys)
        checkSchema(root, file)
        let base = reader.value("base", in: root, .currency, default: .usd)
        let session = reader.value("session", in: root, .choice, default: ServiceConfiguration.Session.exchange)
        let database = path("database", in: root, default: paths.database)
        let inbox = path("inbox", in: root, default: paths.inbox)
        let alerts = optionalPath("alerts", in: root)
        if let alerts { checkAlerts(alerts) }
        let log = reader.section("log", of: root, keys: ["level", "file"])
        let level = reader.value("level", in: log, .choice, default: Logger.Level.info)
        let logFile = path("file", in: log, default: paths.log)
        let snapshots = reader.section("snapshots", of: root, keys: ["time"])
        let time = reader.value("time", in: snapshots, .timeOfDay, default: TimeOfDay(hour: 16, minute: 15))
        let accounts = declaredAccounts(root)
        let portfolios = declaredPortfolios(root, accounts, base: base)
        let brokers = reader.section("brokers", of: root, keys: ["tastytrade", "fidelity"])
        let tastytrade = tastytrade(brokers)
        let fidelity = fidelity(brokers)
        let limits = limits(root)
        let model = model(root)
        let analysis = analysis(root)
        let rates = rates(root)
        let fx = fx(root)
        let betas = betas(root)
        return ServiceConfiguration(
            file: file, isSandbox: paths.isSandbox || tastytrade.enabled && tastytrade.environment == .sandbox,
            base: base, session: session, accounts: accounts, portfolios: portfolios, tastytrade: tastytrade,
            fidelity: fidelity, limits: limits, model: model, analysis: analysis, rates: rates, fx: fx, betas: betas,
            alertsPath: alerts, inboxPath: inbox, databasePath: database,
            backupDirectory: ((database as NSString).deletingLastPathComponent as NSString)
                .appendingPathComponent("backups"),
            socketPath: paths.socket, logFilePath: logFile, logLevel: level, snapshotTime: time,
            entries: reader.entries)
    }

    /// An existing file has to say which schema it is written in.
    private mutating func checkSchema(_ root: ConfigurationSection, _ file: String?) {
        guard file != nil else {
            return reader.record(ConfigurationPath().appending("schema"), "\(Self.schema)", .standard)
        }
        guard root["schema"] != nil else {
            return reader.refuse(
                "missing-key", "the configuration does not state its schema",
                at: ConfigurationPath().appending("schema"), line: 1, fix: "begin it with `schema: \(Self.schema)`")
        }
        let schema = reader.value("schema", in: root, .integer(0...Int.max), default: Self.schema)
        if schema != Self.schema {
            reader.refuse(
                "unknown-schema", "schema \(schema) is not one this version reads", at: root.path.appending("schema"),
                line: root.line(of: "schema"), fix: "this version reads schema \(Self.schema)")
        }
    }

    /// A rule that cannot be used stops the start like any other mistake.
    private mutating func checkAlerts(_ path: String) {
        do throws(ConfigurationErrors) { _ = try AlertRulesFile.load(path) } catch { reader.adopt(error) }
    }

    mutating func path(_ key: String, in section: ConfigurationSection, default standard: String) -> String {
        ConfigurationFolder.resolve(
            reader.value(key, in: section, .text, default: standard), from: folder, environment)
    }

    mutating func optionalPath(_ key: String, in section: ConfigurationSection) -> String? {
        reader.optional(key, in: section, .text).map { ConfigurationFolder.resolve($0, from: folder, environment) }
    }
}
