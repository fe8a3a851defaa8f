import Foundation
import PortfolioModel

/// Which configuration, database and socket a command is about: the user's own, or the sandbox's.
struct Profile: Sendable {
    let paths: Paths
    /// The file named by `--config`; nil reads the profile's own.
    private let named: String?
    private let environment: [String: String]
    /// The sandbox was taken because there is nothing else; commands say so.
    let isFallback: Bool
    /// There is no file to read: neither the user's own nor the sandbox's. Defaults enable no broker.
    let isUnconfigured: Bool

    init(_ options: GlobalOptions) throws {
        environment = ProcessInfo.processInfo.environment
        named = options.config
        let own = try Self.paths(environment, sandbox: options.sandbox)
        let sandbox = try Self.paths(environment, sandbox: true)
        let files = FileManager.default
        isFallback =
            !options.sandbox && options.config == nil && !files.fileExists(atPath: own.configuration)
            && files.fileExists(atPath: sandbox.configuration)
        paths = isFallback ? sandbox : own
        isUnconfigured = options.config == nil && !files.fileExists(atPath: paths.configuration)
        if isFallback && !options.quiet {
            Console.message("tributary: no configuration at \(own.configuration); using the sandbox profile")
        }
    }

    private static func paths(_ environment: [String: String], sandbox: Bool) throws(CommandErrors) -> Paths {
        do { return try Paths(environment: environment, sandbox: sandbox) } catch { throw CommandErrors(error) }
    }

    var sandboxFolder: String { paths.sandboxFolder }
    var configurationPath: String? { named ?? paths.configuration }

    var startCommand: String { paths.isSandbox ? "tributary run --sandbox" : "tributary run" }

    /// What to do where there is no configuration.
    static let configurationFix =
        "write it as config/tributary.example.yaml shows, or start the demo: tributary run --sandbox"

    /// What a command that goes on without a configuration says first.
    func sayIfUnconfigured() {
        guard isUnconfigured else { return }
        Console.message(
            """
            tributary: no configuration at \(paths.configuration); defaults are used, with no broker enabled
              fix: \(Self.configurationFix)
            """)
    }

    /// Refuses a broker that the configuration does not enable, before a database is made for its files.
    func requireEnabled(_ broker: String, in configuration: ServiceConfiguration) throws(CommandError) {
        _ = try BrokerCatalogue.reader(for: broker)
        guard !configuration.isEnabled(BrokerID(broker)) else { return }
        var error = CommandError.notEnabled(broker, file: named ?? paths.configuration)
        if isUnconfigured {
            error.message = "there is no configuration, so \(broker) is not enabled"
            error.fix =
                paths.isSandbox
                ? "start the demo once: tributary run --sandbox"
                : "write `schema: 1` and `brokers: {\(broker): {enabled: true}}` into that file"
        }
        throw error
    }

    func load() throws(CommandErrors) -> ServiceConfiguration {
        do {
            return try ConfigurationLoader.load(path: named, paths: paths, environment: environment)
        } catch {
            throw CommandErrors(error)
        }
    }
}

extension CommandError {
    /// A broker's files are taken only where the configuration names the broker.
    static func notEnabled(_ broker: String, file: String?) -> CommandError {
        CommandError(
            "broker-not-enabled", "\(broker) is not enabled in the configuration", file: file,
            field: "brokers.\(broker).enabled", fix: "set it to true", exit: .configuration)
    }
}

extension CommandErrors {
    /// All that is wrong with a configuration, as a command reports it.
    init(_ errors: ConfigurationErrors) {
        self.init(
            errors.errors.map {
                CommandError(
                    $0.code, $0.message, file: $0.file, line: $0.line, field: $0.field, fix: $0.fix,
                    exit: .configuration)
            })
    }
}
