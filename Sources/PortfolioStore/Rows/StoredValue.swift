import Foundation
import GRDB
import PortfolioModel

/// How a value stands in a column: decimals and dates as exact text, instants as microseconds, absence as NULL.
protocol StoredValue {
    func bind(to columns: inout ColumnBinder)
    /// For the arguments of a query.
    var stored: DatabaseValue { get }
}

/// Stands in a column as another value does.
protocol StoredThrough: StoredValue {
    associatedtype Column: StoredValue
    var column: Column { get }
}

extension StoredThrough {
    func bind(to columns: inout ColumnBinder) { column.bind(to: &columns) }
    var stored: DatabaseValue { column.stored }
}

extension String: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.text(self) }
    var stored: DatabaseValue { databaseValue }
}
extension Int64: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.integer(self) }
    var stored: DatabaseValue { databaseValue }
}
extension Double: StoredValue {
    /// What is no finite number is "not stated".
    func bind(to columns: inout ColumnBinder) { if isFinite { columns.double(self) } else { columns.null() } }
    var stored: DatabaseValue { isFinite ? databaseValue : .null }
}
extension FixedDecimal: StoredValue {
    func bind(to columns: inout ColumnBinder) { withUTF8Text { columns.text($0) } }
    var stored: DatabaseValue { description.databaseValue }
}
extension Int: StoredThrough { var column: Int64 { Int64(self) } }
extension Bool: StoredThrough { var column: Int64 { self ? 1 : 0 } }
extension WireDecimal: StoredThrough { var column: FixedDecimal? { value } }
extension Timestamp: StoredThrough { var column: Int64 { microseconds } }
extension CalendarDate: StoredThrough { var column: String { description } }
extension Currency: StoredThrough { var column: String { code } }
extension AccountID: StoredThrough { var column: String { text } }
extension BrokerID: StoredThrough { var column: String { name } }
extension InstrumentID: StoredThrough { var column: Int64 { Int64(raw) } }
extension Optional: StoredValue where Wrapped: StoredValue {
    func bind(to columns: inout ColumnBinder) {
        if let value = self { value.bind(to: &columns) } else { columns.null() }
    }
    var stored: DatabaseValue { self?.stored ?? .null }
}

/// A small list of lists of words in one column, as JSON.
struct WordTable: StoredThrough {
    var lines: [[String]]

    var column: String {
        if lines.isEmpty { return "[]" }
        return String(decoding: (try? JSONEncoder().encode(lines)) ?? Data(), as: UTF8.self)
    }
}
