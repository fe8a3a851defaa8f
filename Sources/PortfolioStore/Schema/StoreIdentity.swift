import GRDB
import PortfolioModel

/// Whose database a file is, read before anything is written to it.
struct StoreIdentity: Sendable {
    var applicationID: Int
    /// Schema version; 0 in a file that was only just made.
    var version: Int
    var stamp: StoreStamp?
    var isBlank: Bool

    init(_ db: Database) throws {
        applicationID = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        isBlank = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name NOT LIKE 'grdb_%'") == 0
        stamp = nil
        if try db.tableExists("meta"), applicationID == StoreSchema.applicationID {
            stamp = try String.fetchOne(db, sql: "SELECT stamp FROM meta").flatMap { StoreStamp(rawValue: $0) }
        }
    }

    /// The stored stamp; nil for a blank file. Throws `.refused` for somebody else's database, `.newerSchema`,
    /// `.wrongStamp` and `.corrupt`.
    func check(against schema: StoreSchema, stamp expected: StoreStamp?) throws(StoreError) -> StoreStamp? {
        if isBlank && applicationID == 0 && version == 0 { return nil }
        guard applicationID == StoreSchema.applicationID else {
            throw StoreError(.refused, "this is another program's database", fix: "name another file")
        }
        guard version <= schema.version else {
            throw StoreError(
                .newerSchema, "the database has schema \(version); this program knows up to \(schema.version)",
                fix: "use the newer program, or restore the backup made before its migration")
        }
        guard let stamp else { throw StoreError(.corrupt, "the database has lost its stamp", fix: "restore a backup") }
        if let expected, stamp != expected {
            throw StoreError(
                .wrongStamp, "this is a \(stamp.rawValue) database, not a \(expected.rawValue) one",
                fix: "name the \(expected.rawValue) database")
        }
        return stamp
    }
}
