import Foundation
import PortfolioModel

/// The files of one store and the rules for them: who may read them, and when an absence is a loss.
struct StoreFiles: Sendable {
    let database: String
    let backups: String

    var lock: String { database + ".lock" }
    /// Tells that there was a database, should the database itself be gone.
    var marker: String { database + ".stamp" }
    var writeAheadLog: String { database + "-wal" }
    var directory: String { (database as NSString).deletingLastPathComponent }
    var name: String { (database as NSString).lastPathComponent }

    /// Makes a directory of mode 0700, or checks that an existing one is closed to others.
    func prepare(directory: String) throws(StoreError) {
        let place = directory.isEmpty ? "." : directory
        if !FileManager.default.fileExists(atPath: place) {
            do {
                try FileManager.default.createDirectory(
                    atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw StoreError(.ioError, "cannot make \(place): \(error.localizedDescription)", path: database)
            }
        }
        try checkMode(of: place, fix: "chmod 700 \(place)")
    }

    /// Refuses a file or directory that others may read or write.
    func checkMode(of place: String, fix: String) throws(StoreError) {
        guard let status = status(of: place) else {
            throw StoreError(.ioError, "cannot look at \(place): \(String(errno: errno))", path: database)
        }
        guard status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw StoreError(.open, "\(place) has mode \(mode) and is open to others", path: database, fix: fix)
        }
    }

    /// Bytes in a file; nil when there is none.
    func size(of place: String) -> Int64? { status(of: place).map { Int64($0.st_size) } }

    /// Which file it is, however it is named; nil when there is none.
    func identity(of place: String) -> FileIdentity? {
        status(of: place).map { FileIdentity(device: $0.st_dev, inode: $0.st_ino) }
    }

    private func status(of place: String) -> stat? {
        var status = stat()
        return stat(place, &status) == 0 ? status : nil
    }

    /// Whether a database is there. Throws `.lost` when it is gone or empty though traces say that there was one, and
    /// `.refused` when something else has its name.
    func databaseExists() throws(StoreError) -> Bool {
        if let status = status(of: database), status.st_mode & S_IFMT != S_IFREG {
            throw StoreError(
                .refused, "the database is no file but a folder, a pipe or a device", path: database,
                fix: "move it away or name another place")
        }
        if let size = size(of: database), size > 0 { return true }
        let newest = backupNames().last
        var traces: [String] = []
        if size(of: marker) != nil { traces.append(marker) }
        if let size = size(of: writeAheadLog), size > 0 { traces.append(writeAheadLog) }
        if let newest { traces.append("\(backups)/\(newest)") }
        guard !traces.isEmpty else { return false }
        let restore = newest.map { "restore it: cp \(backups)/\($0) \(database)" } ?? "restore it from a backup"
        throw StoreError(
            .lost, "the database is gone or empty, but \(traces.joined(separator: ", ")) shows that there was one",
            path: database, fix: "\(restore); to begin anew, move these files away")
    }

    /// An empty file of mode 0600, which SQLite's own side files inherit.
    func createDatabase() throws(StoreError) {
        let descriptor = open(database, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(.ioError, "cannot make the database: \(String(errno: errno))", path: database)
        }
        close(descriptor)
    }

    /// Writes the marker, durably, once the database is.
    func writeMarker(_ stamp: StoreStamp) throws(StoreError) {
        guard size(of: marker) == nil else { return }
        let descriptor = open(marker, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(.ioError, "cannot make \(marker): \(String(errno: errno))", path: database)
        }
        defer { close(descriptor) }
        let text = Array("A Tributary \(stamp.rawValue) database belongs beside this file.\n".utf8)
        guard write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0 else {
            throw StoreError(.ioError, "cannot write \(marker): \(String(errno: errno))", path: database)
        }
        try flush(directory.isEmpty ? "." : directory)
    }

    /// Asks the file system to keep a file's bytes, or a directory's names.
    func flush(_ place: String) throws(StoreError) {
        let descriptor = open(place, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StoreError(.ioError, "cannot open \(place): \(String(errno: errno))", path: database)
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw StoreError(.ioError, "cannot flush \(place): \(String(errno: errno))", path: database)
        }
    }

    /// This database's backups, oldest first.
    func backupNames() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: backups)) ?? []
        return names.filter { $0.hasPrefix(name + "-v") && $0.hasSuffix(".sqlite") }.sorted(by: Self.isOlder)
    }

    /// `portfolio.db-v1-20261121T143000250Z.sqlite`
    func backupPath(schema version: Int, at time: Timestamp) -> String {
        let clock = time.description.filter { $0 != "-" && $0 != ":" && $0 != "." }
        return "\(backups)/\(name)-v\(version)-\(clock).sqlite"
    }

    /// By the time in the name, whatever the schema's number.
    private static func isOlder(_ left: String, _ right: String) -> Bool {
        func time(_ name: String) -> Substring { name.split(separator: "-").last ?? "" }
        return time(left) < time(right)
    }
}

extension String {
    /// The system's words for an error number.
    package init(errno number: Int32) { self = String(cString: strerror(number)) }
}

/// One file of one file system.
struct FileIdentity: Sendable, Equatable {
    var device: dev_t
    var inode: ino_t
}
