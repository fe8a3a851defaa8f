import Foundation

/// Reads a file that an operator writes.
enum ConfigurationFile {
    static let maximumBytes = 1 << 20

    static func text(_ path: String) throws(ConfigurationErrors) -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw failure("unreadable-file", "the file cannot be read", path, fix: "check the path and its permissions")
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: maximumBytes + 1) ?? Data(), data.count <= maximumBytes else {
            throw failure(
                "unreadable-file", "not a regular file of at most \(maximumBytes >> 20) MiB", path,
                fix: "name a YAML file")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw failure("bad-encoding", "the file is not UTF-8 text", path, fix: "save it as UTF-8")
        }
        return text
    }

    private static func failure(
        _ code: String, _ message: String, _ file: String, fix: String
    ) -> ConfigurationErrors {
        ConfigurationErrors([ConfigurationError(code: code, message: message, file: file, fix: fix)])
    }
}
