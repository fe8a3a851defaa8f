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
        if isFallback && !options.quiet {
            Console.message("tributary: no configuration at \(own.configuration); using the sandbox profile")
        }
    }

    private static func paths(_ environment: [String: String], sandbox: Bool) throws(CommandErrors) -> Paths {
        do { return try Paths(environment: environment, sandbox: sandbox) } catch { throw CommandErrors(error) }
    }

    var sandboxFolder: String { paths.sandboxFolder }
    var configurationPath: String? { named ?? paths.configuration }

    func load() throws(CommandErrors) -> ServiceConfiguration {
        do {
            return try ConfigurationLoader.load(path: named, paths: paths, environment: environment)
        } catch {
            throw CommandErrors(error)
        }
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
