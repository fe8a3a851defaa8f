import GRDB

extension PortfolioStore {
    /// Checks structure, references, import bytes, import rows and the holdings that came from them. Empty when all is
    /// well.
    package func verify() throws(StoreError) -> [StoreFinding] {
        try read { try Self.findings($0, isThorough: true) }
    }

    static func findings(_ db: Database, isThorough: Bool) throws -> [StoreFinding] {
        var findings = try structure(db, isThorough: isThorough)
        if try Int.fetchOne(db, sql: "PRAGMA application_id") != StoreSchema.applicationID {
            findings.append(StoreFinding(code: .applicationID, message: "not the application id of this program"))
        }
        return findings + (try imports(db)) + (try holdings(db))
    }

    private static func structure(_ db: Database, isThorough: Bool) throws -> [StoreFinding] {
        let check = isThorough ? "integrity_check" : "quick_check"
        var findings = try String.fetchAll(db, sql: "PRAGMA \(check)").filter { $0 != "ok" }
            .map { StoreFinding(code: .structure, message: $0) }
        for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
            let (table, parent): (String?, String?) = (row["table"], row["parent"])
            let message = "a row of \(table ?? "?") refers to a missing row of \(parent ?? "?")"
            findings.append(StoreFinding(code: .foreignKey, message: message))
        }
        return findings
    }

    private static func imports(_ db: Database) throws -> [StoreFinding] {
        var findings: [StoreFinding] = []
        let files = try Row.fetchCursor(db, sql: "SELECT sha256, file_name, bytes FROM import_batch")
        while let row = try files.next() {
            let (sha256, name): (String, String) = (row["sha256"], row["file_name"])
            let actual = try row.withUnsafeData(named: "bytes") { ImportRows.sha256($0.map { Array($0) } ?? []) }
            if actual != sha256 {
                findings.append(
                    StoreFinding(code: .importBytes, message: "the kept bytes of \(name) have changed"))
            }
        }
        let runs = try Row.fetchAll(
            db, sql: "SELECT id, rows_hash, file_name FROM import_run JOIN import_batch USING (sha256) ORDER BY id")
        for row in runs {
            let (run, hash, name): (Int64, String, String) = (row["id"], row["rows_hash"], row["file_name"])
            if try ImportRows.hash(ofRun: run, db) != hash {
                findings.append(
                    StoreFinding(code: .importRows, message: "the rows of import \(run), \(name), have changed"))
            }
        }
        return findings
    }

    /// A holding with the as-of of its account's latest import says what that import said.
    private static func holdings(_ db: Database) throws -> [StoreFinding] {
        let latest = "(SELECT max(run) FROM import_account a WHERE a.account = live.account)"
        let positions = try Row.fetchAll(
            db,
            sql: """
                SELECT live.account, live.instrument AS item FROM position live
                JOIN import_position then_ ON then_.run = \(latest) AND then_.account = live.account
                    AND then_.instrument = live.instrument AND then_.as_of = live.as_of
                WHERE live.quantity IS NOT then_.quantity OR live.cost_basis IS NOT then_.cost_basis
                    OR live.average_open_price IS NOT then_.average_open_price
                """)
        let balances = try Row.fetchAll(
            db,
            sql: """
                SELECT live.account, live.currency AS item FROM balance live
                JOIN import_balance then_ ON then_.run = \(latest) AND then_.account = live.account
                    AND then_.currency = live.currency AND then_.as_of = live.as_of
                WHERE live.cash IS NOT then_.cash
                """)
        return (positions + balances).map { row in
            let (account, item): (String, DatabaseValue) = (row["account"], row["item"])
            let message = "\(account): holding \(item) differs from the import it came from"
            return StoreFinding(code: .holding, message: message)
        }
    }
}
