import Foundation

@testable import Application

enum ConfigurationFixture {
    static let environment = ["HOME": "/home/anna"]

    static func paths(_ environment: [String: String] = environment, sandbox: Bool = false) throws -> Paths {
        try Paths(environment: environment, sandbox: sandbox)
    }

    static func parse(
        _ text: String, environment: [String: String] = environment, file: String = "/etc/tributary/config.yaml"
    ) throws -> ServiceConfiguration {
        try ConfigurationLoader.parse(text, file: file, paths: paths(environment), environment: environment)
    }

    /// The errors of a text that must not load.
    static func errors(
        _ text: String, environment: [String: String] = environment, file: String = "/etc/tributary/config.yaml"
    ) throws -> [ConfigurationError] {
        do {
            _ = try parse(text, environment: environment, file: file)
            return []
        } catch let failure as ConfigurationErrors {
            return failure.errors
        }
    }

    /// A new folder that is removed after `body`.
    static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = NSTemporaryDirectory() + "tributary-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    static func write(_ text: String, to path: String, mode: Int = 0o600) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    /// The folder config/ of the project.
    static var samples: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("config").path
    }
}
