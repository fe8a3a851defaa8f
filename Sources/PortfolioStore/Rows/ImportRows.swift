import Crypto
import Foundation
import GRDB
import PortfolioModel

/// Writes and checks imports. A file's bytes are kept once under their SHA-256; every application of it is a run, which
/// keeps the positions and balances of the file's accounts as they were right after it, under a hash. Later imports
/// replace the holdings, never these rows.
enum ImportRows {
    private static let positionColumns = """
        account, instrument, quantity, average_open_price, cost_basis, includes_fees, basis_source, prior_settlement, \
        broker_mark, broker_mark_as_of, realized_today, as_of
        """
    private static let balanceColumns = """
        account, currency, cash, settled_cash, pending_cash, accrued_interest, as_of
        """

    /// Keeps one application of a file, after its changes were written in the same transaction. The same file with the
    /// same outcome as the latest run of its accounts adds nothing. Throws `.refused` when the bytes are not what the
    /// hash says.
    static func save(_ batch: ImportBatch, sequence: UInt64, _ db: Database) throws {
        guard sha256(batch.bytes) == batch.sha256 else {
            throw StoreError(.refused, "the SHA-256 of \(batch.fileName) is not that of its bytes")
        }
        try db.execute(
            sql: """
                INSERT INTO import_batch(sha256, broker, file_name, layout, as_of, bytes) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT(sha256) DO NOTHING
                """,
            arguments: [
                batch.sha256, batch.broker.name, batch.fileName, batch.layout, batch.asOf.microseconds,
                Data(batch.bytes),
            ])
        let accounts = Set(batch.accounts).sorted()
        let hash = try liveHash(of: accounts, db)
        if try isRepetition(batch.sha256, hash, accounts, db) { return }
        try db.execute(
            sql: "INSERT INTO import_run(sha256, imported_at, sequence, rows_hash) VALUES (?, ?, ?, ?)",
            arguments: [batch.sha256, batch.importedAt.microseconds, Int64(sequence), hash])
        let run = db.lastInsertedRowID
        for account in accounts {
            try db.execute(sql: "INSERT INTO import_account VALUES (?, ?)", arguments: [run, account.text])
            for (table, columns) in [("position", positionColumns), ("balance", balanceColumns)] {
                try db.execute(
                    sql: """
                        INSERT INTO import_\(table)(run, \(columns)) SELECT ?, \(columns) FROM \(table)
                        WHERE account = ?
                        """, arguments: [run, account.text])
            }
        }
    }

    private static func isRepetition(
        _ sha256: String, _ hash: String, _ accounts: [AccountID], _ db: Database
    ) throws -> Bool {
        guard !accounts.isEmpty else { return false }
        for account in accounts {
            let latest = try Row.fetchOne(
                db,
                sql: """
                    SELECT sha256, rows_hash FROM import_run JOIN import_account ON run = id WHERE account = ?
                    ORDER BY id DESC LIMIT 1
                    """, arguments: [account.text])
            guard let latest, latest["sha256"] == sha256, latest["rows_hash"] == hash else { return false }
        }
        return true
    }

    private static func liveHash(of accounts: [AccountID], _ db: Database) throws -> String {
        let marks = accounts.map { _ in "?" }.joined(separator: ", ")
        return try hash(db, prefix: "", where: "account IN (\(marks))", StatementArguments(accounts.map(\.text)))
    }

    /// The hash of a run's rows as they stand now.
    static func hash(ofRun run: Int64, _ db: Database) throws -> String {
        try hash(db, prefix: "import_", where: "run = ?", [run])
    }

    private static func hash(
        _ db: Database, prefix: String, where condition: String, _ arguments: StatementArguments
    ) throws -> String {
        var hasher = SHA256()
        for (table, columns, key) in [
            ("position", positionColumns, "instrument"), ("balance", balanceColumns, "currency"),
        ] {
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT \(columns) FROM \(prefix)\(table) WHERE \(condition) ORDER BY account, \(key)",
                arguments: arguments)
            while let row = try rows.next() {
                var line = table
                for value in row.databaseValues {
                    // Control characters part the fields, so that no two different rows read the same.
                    line += "\u{1F}" + (value.isNull ? "\u{00}" : String.fromDatabaseValue(value) ?? "\(value)")
                }
                hasher.update(data: Data((line + "\u{1E}").utf8))
            }
        }
        return hexadecimal(hasher.finalize())
    }

    static func sha256(_ bytes: some Sequence<UInt8>) -> String { hexadecimal(SHA256.hash(data: Data(bytes))) }

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Files, newest application first.
    static func records(_ db: Database, where condition: String, _ arguments: StatementArguments) throws
        -> [ImportRecord]
    {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT import_run.id AS run, import_batch.sha256, broker, file_name, layout, as_of, imported_at,
                    length(bytes) AS byte_count,
                    (SELECT count(*) FROM import_position p WHERE p.run = import_run.id)
                    + (SELECT count(*) FROM import_balance b WHERE b.run = import_run.id) AS row_count
                FROM import_run JOIN import_batch USING (sha256) WHERE \(condition) ORDER BY import_run.id DESC
                """, arguments: arguments)
        return try rows.map { row in
            let reader = RowReader(row, of: "import_batch")
            let accounts = try String.fetchAll(
                db, sql: "SELECT account FROM import_account WHERE run = ?", arguments: [try reader.integer("run")])
            return ImportRecord(
                sha256: try reader.text("sha256"), broker: try reader.broker("broker"),
                fileName: try reader.text("file_name"), layout: try reader.text("layout"),
                asOf: try reader.time("as_of"), importedAt: try reader.time("imported_at"),
                accounts: accounts.map { AccountID($0) }.sorted(), byteCount: try reader.integer("byte_count"),
                rowCount: try reader.integer("row_count"))
        }
    }
}
