import Foundation

/// Paths as configuration files write them.
enum ConfigurationFolder {
    /// Absolute paths as they are, `~/` in the home folder, all others in the configuration file's folder.
    static func resolve(_ path: String, from folder: String, _ environment: [String: String]) -> String {
        if path.hasPrefix("/") { return path }
        if path.hasPrefix("~/"), let home = environment["HOME"] { return home + path.dropFirst() }
        return (folder as NSString).appendingPathComponent(path)
    }
}
