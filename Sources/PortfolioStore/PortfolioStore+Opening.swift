import GRDB
package import Logging
package import PortfolioModel

extension PortfolioStore {
    /// Opens the store for writing, or creates it. Checks modes, lock, stamp, schema, structure and import hashes;
    /// migrates an older schema after a verified backup into `backups`.
    ///
    /// Throws `.locked` at once when another process has it, and `.lost` when a database that was here is gone.
    package static func open(
        _ path: String, stamp: StoreStamp, backups: String, clock: any ServiceClock, logger: Logger
    ) throws(StoreError) -> PortfolioStore {
        try open(path, stamp: stamp, backups: backups, schema: .current, clock: clock, logger: logger)
    }

    static func open(
        _ path: String, stamp: StoreStamp, backups: String, schema: StoreSchema, clock: any ServiceClock,
        logger: Logger = Logger(label: "store")
    ) throws(StoreError) -> PortfolioStore {
        let files = StoreFiles(database: path, backups: backups)
        try files.prepare(directory: files.directory)
        let lock = try InstanceLock(files.lock, database: path)
        let exists = try files.databaseExists()
        if exists { try files.checkMode(of: path, fix: "chmod 600 \(path)") } else { try files.createDatabase() }
        do {
            let database = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: false))
            let store = PortfolioStore(
                database, files: files, stamp: stamp, schema: schema, lock: lock, clock: clock, logger: logger)
            try store.prepare()
            return store
        } catch {
            lock.release()
            throw StoreError(error, path: path)
        }
    }

    /// Opens the store for reading, beside a service that writes it or without one. Takes no lock and writes nothing;
    /// throws `.missing` when there is no database or a blank one, whose making was cut off, and `.lost` when there was
    /// one. `stamp` is checked when given.
    package static func openReadOnly(
        _ path: String, stamp: StoreStamp? = nil, clock: any ServiceClock = SystemClock(),
        logger: Logger = Logger(label: "store")
    ) throws(StoreError) -> PortfolioStore {
        let files = StoreFiles(database: path, backups: "")
        func missing() -> StoreError {
            StoreError(.missing, "there is no database", path: path, fix: "start the service once, or name another")
        }
        guard try files.databaseExists() else { throw missing() }
        do {
            let database = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: true))
            let identity = try database.read { try StoreIdentity($0) }
            guard let found = try identity.check(against: .current, stamp: stamp) else { throw missing() }
            guard identity.version == StoreSchema.current.version else {
                throw StoreError(
                    .refused, "the database has schema \(identity.version), older than this program's",
                    fix: "start the service once: it migrates")
            }
            return PortfolioStore(
                database, files: files, stamp: found, schema: .current, lock: nil, clock: clock, logger: logger)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    private static func configuration(isReadOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.label = "store"
        return configuration
    }

    /// Everything between opening the file and trusting it.
    private func prepare() throws {
        let identity = try database.read { try StoreIdentity($0) }
        _ = try identity.check(against: schema, stamp: stamp)
        try database.writeWithoutTransaction { db in
            let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
            guard mode == "wal" else {
                throw StoreError(.refused, "no write-ahead log here", fix: "use a local file system")
            }
            // After WAL is set up: setting it up may lower the level again.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
                throw StoreError(.ioError, "synchronous = FULL was not taken")
            }
        }
        if identity.version > 0, identity.version < schema.version {
            let backup = try backUp(version: identity.version)
            logger.notice("backed up before migrating", metadata: ["backup": "\(backup)"])
        }
        try schema.migrate(database, origin: .init(stamp: stamp, createdAt: clock.now()))
        try files.writeMarker(stamp)
        try refuseDamage()
    }

    private func refuseDamage() throws(StoreError) {
        let findings = try read { try Self.findings($0, isThorough: false) }
        guard let first = findings.first else { return }
        let more = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
        let newest = files.backupNames().last.map { "restore \(files.backups)/\($0)" } ?? "restore a backup"
        throw StoreError(.corrupt, "\(first)\(more)", path: path, fix: newest)
    }
}
