import Foundation
import GRDB
import PortfolioModel

/// How a value stands in a column: decimals and dates as exact text, instants as microseconds, absence as NULL.
protocol StoredValue {
    func bind(to columns: inout ColumnBinder)
    /// For the arguments of a query.
    var stored: DatabaseValue { get }
}

extension String: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.text(self) }
    var stored: DatabaseValue { databaseValue }
}
extension Int: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.integer(Int64(self)) }
    var stored: DatabaseValue { databaseValue }
}
extension Int64: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.integer(self) }
    var stored: DatabaseValue { databaseValue }
}
extension Bool: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.integer(self ? 1 : 0) }
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
extension WireDecimal: StoredValue {
    func bind(to columns: inout ColumnBinder) { value.bind(to: &columns) }
    var stored: DatabaseValue { value.stored }
}
extension Timestamp: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.integer(microseconds) }
    var stored: DatabaseValue { microseconds.databaseValue }
}
extension CalendarDate: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.text(description) }
    var stored: DatabaseValue { description.databaseValue }
}
extension Currency: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.text(code) }
    var stored: DatabaseValue { code.databaseValue }
}
extension AccountID: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.text(text) }
    var stored: DatabaseValue { text.databaseValue }
}
extension BrokerID: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.text(name) }
    var stored: DatabaseValue { name.databaseValue }
}
extension InstrumentID: StoredValue {
    func bind(to columns: inout ColumnBinder) { columns.integer(Int64(raw)) }
    var stored: DatabaseValue { raw.databaseValue }
}
extension Optional: StoredValue where Wrapped: StoredValue {
    func bind(to columns: inout ColumnBinder) {
        if let value = self { value.bind(to: &columns) } else { columns.null() }
    }
    var stored: DatabaseValue { self?.stored ?? .null }
}

/// A small list of lists of words in one column, as JSON.
struct WordTable: StoredValue {
    var lines: [[String]]

    private var text: String {
        if lines.isEmpty { return "[]" }
        return String(decoding: (try? JSONEncoder().encode(lines)) ?? Data(), as: UTF8.self)
    }

    func bind(to columns: inout ColumnBinder) { columns.text(text) }
    var stored: DatabaseValue { text.databaseValue }
}
