import GRDB
import GRDBSQLite

/// Writes rows within one transaction; each statement is looked up once, since its text is longer than what it writes.
final class RowWriter {
    let db: Database
    private var statements: [StatementKey: Statement] = [:]

    private struct StatementKey: Hashable {
        var row: ObjectIdentifier
        var isUpsert: Bool
    }

    init(_ db: Database) { self.db = db }

    /// Writes the row where it differs from what is there; true when something was written.
    @discardableResult
    func upsert<Row: StoredRow>(_ row: Row) throws -> Bool {
        try execute(row, prepared(Row.table, StatementKey(row: ObjectIdentifier(Row.self), isUpsert: true)))
    }

    /// Writes the row unless its key is there; true when it was written.
    @discardableResult
    func insertIfAbsent<Row: StoredRow>(_ row: Row) throws -> Bool {
        try execute(row, prepared(Row.table, StatementKey(row: ObjectIdentifier(Row.self), isUpsert: false)))
    }

    /// Writes the row by a statement over all its columns; true when something was written.
    func execute(_ row: some StoredRow, _ sql: String) throws -> Bool {
        try execute(row, db.cachedStatement(sql: sql))
    }

    private func execute(_ row: some StoredRow, _ statement: Statement) throws -> Bool {
        let handle = statement.sqliteStatement
        sqlite3_reset(handle)
        var columns = ColumnBinder(handle)
        row.bind(to: &columns)
        let code = columns.code == SQLITE_OK ? sqlite3_step(handle) : columns.code
        guard code == SQLITE_DONE else { throw failure(code, statement, handle) }
        sqlite3_reset(handle)
        return sqlite3_changes(sqlite3_db_handle(handle)) > 0
    }

    private func prepared(_ table: TableShape, _ key: StatementKey) throws -> Statement {
        if let statement = statements[key] { return statement }
        let statement = try db.cachedStatement(sql: key.isUpsert ? table.upsert : table.insertIfAbsent)
        statements[key] = statement
        return statement
    }

    /// What SQLite says of the last call; the statement is ready again afterwards.
    private func failure(_ code: CInt, _ statement: Statement, _ handle: SQLiteStatement) -> DatabaseError {
        let database = sqlite3_db_handle(handle)
        let extended = sqlite3_extended_errcode(database)
        let message = String(cString: sqlite3_errmsg(database))
        sqlite3_reset(handle)
        return DatabaseError(
            resultCode: ResultCode(rawValue: extended & 0xFF == code & 0xFF ? extended : code), message: message,
            sql: statement.sql)
    }
}
