import Foundation
import GRDB
import PortfolioModel

extension PortfolioStore {
    /// Copies the store, as one consistent state, into the backups directory; verifies the copy and returns its path.
    @discardableResult
    package func backUp() throws(StoreError) -> String { try backUp(version: schema.version) }

    /// Names the copy by the schema version it has and by the time.
    func backUp(version: Int) throws(StoreError) -> String {
        try files.prepare(directory: files.backups)
        let target = files.backupPath(schema: version, at: clock.now())
        let partial = target + ".partial"
        do {
            try? FileManager.default.removeItem(atPath: partial)
            guard
                FileManager.default.createFile(
                    atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw StoreError(.ioError, "cannot make \(partial)") }
            let copy = try DatabaseQueue(path: partial)
            try database.backup(to: copy)
            try copy.writeWithoutTransaction { db in
                // A single file, whatever mode the original is in.
                _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
                let isSound = try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"]
                let found = try StoreIdentity(db)
                guard isSound, found.version == version, found.applicationID == StoreSchema.applicationID else {
                    throw StoreError(.corrupt, "the backup \(partial) is not a sound copy", fix: "try again")
                }
            }
            try copy.close()
            try files.flush(partial)
            guard rename(partial, target) == 0 else {
                throw StoreError(.ioError, "cannot rename \(partial): \(String(errno: errno))")
            }
            try files.flush(files.backups)
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw StoreError(error, path: path)
        }
        return target
    }
}
