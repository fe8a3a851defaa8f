import GRDB
import GRDBSQLite
import PortfolioModel

/// Binds a row's values to a statement's places, one after the other, as they stand: no array of them is made and no
/// text that SQLite would copy again. By way of GRDB's arguments a row of positions took 8.2 us where C takes 5.2
/// (docs/performance.md, W8).
struct ColumnBinder: ~Copyable {
    private let statement: SQLiteStatement
    private var place: CInt = 0
    /// The first code that was not `SQLITE_OK`.
    private(set) var code = SQLITE_OK

    init(_ statement: SQLiteStatement) { self.statement = statement }

    /// The next column's value. Rows that are written by the thousand name their columns one by one: a list of values
    /// of several types is not compiled for each of them.
    @inline(__always)
    mutating func add(_ value: some StoredValue) { value.bind(to: &self) }

    /// The next columns' values, in the order of the table's columns.
    @inline(__always)
    mutating func bind<each Value: StoredValue>(_ values: repeat each Value) {
        repeat (each values).bind(to: &self)
    }

    mutating func null() { check(sqlite3_bind_null(statement, next())) }
    mutating func integer(_ value: Int64) { check(sqlite3_bind_int64(statement, next(), value)) }
    mutating func double(_ value: Double) { check(sqlite3_bind_double(statement, next(), value)) }

    mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { text($0) }
    }

    /// SQLite takes a copy.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        // An empty text has no address, and without one it would be NULL.
        guard let start = bytes.baseAddress else {
            return check(sqlite3_bind_text(statement, next(), "", 0, Self.transient))
        }
        let place = next()
        check(
            start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text(statement, place, $0, CInt(bytes.count), Self.transient)
            })
    }

    private mutating func next() -> CInt {
        place += 1
        return place
    }

    private mutating func check(_ result: CInt) {
        if result != SQLITE_OK, code == SQLITE_OK { code = result }
    }

    /// SQLITE_TRANSIENT, a cast that the importer leaves out.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
