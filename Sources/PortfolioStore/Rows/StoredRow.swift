import GRDB

/// A value that is one row of one table.
protocol StoredRow {
    static var table: TableShape { get }
    /// In the order of the table's columns.
    var values: [any StoredValue] { get }
    /// Throws `.corrupt` for a row that cannot be read.
    init(_ reader: RowReader) throws(StoreError)
}

extension StoredRow {
    /// Writes the row where it differs from what is there; true when something was written.
    @discardableResult
    func upsert(_ db: Database) throws -> Bool { try execute(db, Self.table.upsert) }

    /// Writes the row unless its key is there; true when it was written.
    func insertIfAbsent(_ db: Database) throws -> Bool { try execute(db, Self.table.insertIfAbsent) }

    func execute(_ db: Database, _ sql: String) throws -> Bool {
        let statement = try db.cachedStatement(sql: sql)
        try statement.execute(arguments: StatementArguments(values.map(\.stored)))
        return db.changesCount > 0
    }

    /// Rows in the order given; `rest` is what follows the table's name.
    static func fetch(_ db: Database, _ rest: String = "", _ arguments: [any StoredValue] = []) throws -> [Self] {
        let statement = try db.cachedStatement(sql: "\(table.select) \(rest)")
        let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments.map(\.stored)))
        var result: [Self] = []
        while let row = try rows.next() { result.append(try Self(RowReader(row, of: table.name))) }
        return result
    }
}
