import GRDB
import Logging
import PortfolioModel

/// The portfolio on disk: one SQLite file in WAL mode with `synchronous = FULL`, written by one process.
///
/// Holdings are kept by difference; transactions, imports and entry Greeks are append-only. Calls block until done, so
/// they belong on a task that may wait.
package final class PortfolioStore: Sendable {
    /// Version of the newest database schema this program writes.
    package static var schemaVersion: Int { StoreSchema.current.version }

    /// The database file.
    package let path: String
    package let stamp: StoreStamp
    /// Whether this is a reader beside a service that writes.
    package let isReadOnly: Bool
    let database: DatabaseQueue
    let files: StoreFiles
    let schema: StoreSchema
    let clock: any ServiceClock
    let logger: Logger
    private let lock: InstanceLock?
    /// The file that was opened, whatever has its name by now.
    private let opened: FileIdentity?

    init(
        _ database: DatabaseQueue, files: StoreFiles, stamp: StoreStamp, schema: StoreSchema, lock: InstanceLock?,
        clock: any ServiceClock, logger: Logger
    ) {
        self.database = database
        self.files = files
        self.stamp = stamp
        self.schema = schema
        self.lock = lock
        self.clock = clock
        self.logger = logger
        path = files.database
        opened = files.identity(of: files.database)
        isReadOnly = lock == nil
    }

    /// Runs work in one transaction, of which nobody would ever read anything once the file has lost its name: throws
    /// `.lost` then.
    func write<Value>(_ work: (Database) throws -> Value) throws(StoreError) -> Value {
        if isReadOnly { throw StoreError(.refused, "opened for reading only", path: path) }
        guard files.identity(of: path) == opened else {
            throw StoreError(
                .lost, "the database was deleted, moved or replaced while it was in use", path: path,
                fix: "stop the service, put the file or a backup back, and start it")
        }
        do { return try database.write(work) } catch { throw StoreError(error, path: path) }
    }

    /// Runs work on one consistent state.
    func read<Value>(_ work: (Database) throws -> Value) throws(StoreError) -> Value {
        do { return try database.read(work) } catch { throw StoreError(error, path: path) }
    }

    /// Returns when the calls before it are done: as long as one hangs in the disk, so does this.
    package func awaitTurn() throws(StoreError) { try read { _ in } }

    /// Folds the write-ahead log into the database, closes it and lets the next process in. The store is of no use
    /// afterwards.
    package func checkpointAndClose() throws(StoreError) {
        defer { lock?.release() }
        do {
            if !isReadOnly {
                try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            }
            try database.close()
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
