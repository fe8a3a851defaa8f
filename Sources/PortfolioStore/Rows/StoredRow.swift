import GRDB

/// A value that is one row of one table.
protocol StoredRow {
    static var table: TableShape { get }
    /// Binds its values in the order of the table's columns.
    func bind(to columns: inout ColumnBinder)
    /// Throws `.corrupt` for a row that cannot be read.
    init(_ reader: RowReader) throws(StoreError)
}

extension StoredRow {
    /// Rows in the order given; `rest` is what follows the table's name.
    static func fetch(_ db: Database, _ rest: String = "", _ arguments: [any StoredValue] = []) throws -> [Self] {
        let statement = try db.cachedStatement(sql: "\(table.select) \(rest)")
        let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments.map(\.stored)))
        var result: [Self] = []
        while let row = try rows.next() { result.append(try Self(RowReader(row, of: table.name))) }
        return result
    }
}
