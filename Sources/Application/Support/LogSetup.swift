import Foundation
import Logging
import PortfolioModel

/// Where the log goes: stderr, or a file of mode 0600 while a screen occupies the terminal.
enum LogSetup {
    static func logger(level: Logger.Level, file: String?) -> Logger {
        var logger: Logger
        if let file, let handler = FileLogHandler(path: file) {
            logger = Logger(label: "tributary") { _ in handler }
        } else {
            logger = Logger(label: "tributary") { StreamLogHandler.standardError(label: $0) }
        }
        logger.logLevel = level
        return logger
    }
}

/// Appends one line an entry to a file.
struct FileLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info
    private let handle: FileHandle

    init?(path: String) {
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
            .sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let line = "\(SystemClock().now()) \(event.level) \(event.message)\(fields)\n"
        try? handle.write(contentsOf: Data(line.utf8))
    }
}
