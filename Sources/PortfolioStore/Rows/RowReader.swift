import Foundation
import GRDB
import PortfolioModel

/// Reads one row strictly: a value that cannot be what its column says is damage, never a default.
struct RowReader {
    private let row: Row
    private let table: String

    init(_ row: Row, of table: String) {
        self.row = row
        self.table = table
    }

    private func value(_ column: String) throws(StoreError) -> DatabaseValue {
        guard row.hasColumn(column) else { throw damage(column, "no such column") }
        return row[column]
    }

    func damage(_ column: String, _ reason: String) -> StoreError {
        StoreError(.corrupt, "\(table).\(column): \(reason)", fix: "restore the latest backup")
    }

    /// nil for NULL; throws when the value is there and `read` cannot read it.
    func optional<Value>(
        _ column: String, _ read: (DatabaseValue) -> Value?
    ) throws(StoreError) -> Value? {
        let value = try value(column)
        if value.isNull { return nil }
        guard let result = read(value) else { throw damage(column, "unreadable value") }
        return result
    }

    func required<Value>(_ column: String, _ value: Value?) throws(StoreError) -> Value {
        guard let value else { throw damage(column, "missing value") }
        return value
    }

    func textIfAny(_ column: String) throws(StoreError) -> String? { try optional(column, String.fromDatabaseValue) }
    func text(_ column: String) throws(StoreError) -> String { try required(column, textIfAny(column)) }
    func integer(_ column: String) throws(StoreError) -> Int {
        try required(column, optional(column, Int.fromDatabaseValue))
    }
    func doubleIfAny(_ column: String) throws(StoreError) -> Double? { try optional(column, Double.fromDatabaseValue) }
    func flagIfAny(_ column: String) throws(StoreError) -> Bool? { try optional(column, Bool.fromDatabaseValue) }
    func flag(_ column: String) throws(StoreError) -> Bool { try required(column, flagIfAny(column)) }

    func decimalIfAny(_ column: String) throws(StoreError) -> FixedDecimal? {
        try optional(column) { String.fromDatabaseValue($0).flatMap { try? FixedDecimal($0) } }
    }
    func decimal(_ column: String) throws(StoreError) -> FixedDecimal { try required(column, decimalIfAny(column)) }

    func timeIfAny(_ column: String) throws(StoreError) -> Timestamp? {
        try optional(column) { Int64.fromDatabaseValue($0).map { Timestamp(microseconds: $0) } }
    }
    func time(_ column: String) throws(StoreError) -> Timestamp { try required(column, timeIfAny(column)) }

    func dateIfAny(_ column: String) throws(StoreError) -> CalendarDate? {
        try optional(column) { String.fromDatabaseValue($0).flatMap { CalendarDate($0) } }
    }
    func date(_ column: String) throws(StoreError) -> CalendarDate { try required(column, dateIfAny(column)) }

    func currency(_ column: String) throws(StoreError) -> Currency {
        try required(column, optional(column) { String.fromDatabaseValue($0).flatMap { Currency($0) } })
    }
    func account(_ column: String = "account") throws(StoreError) -> AccountID { AccountID(try text(column)) }
    func broker(_ column: String) throws(StoreError) -> BrokerID { BrokerID(try text(column)) }
    func instrumentIfAny(_ column: String = "instrument") throws(StoreError) -> InstrumentID? {
        try optional(column) { UInt32.fromDatabaseValue($0).map { InstrumentID(raw: $0) } }
    }
    func instrument(_ column: String = "instrument") throws(StoreError) -> InstrumentID {
        try required(column, instrumentIfAny(column))
    }
    func positionKey() throws(StoreError) -> PositionKey { PositionKey(try account(), try instrument()) }

    func wordIfAny<Word: RawRepresentable<String>>(
        _ column: String, as type: Word.Type = Word.self
    ) throws(StoreError) -> Word? {
        try optional(column) { String.fromDatabaseValue($0).flatMap { Word(rawValue: $0) } }
    }
    func word<Word: RawRepresentable<String>>(
        _ column: String, as type: Word.Type = Word.self
    ) throws(StoreError) -> Word {
        try required(column, wordIfAny(column, as: type))
    }

    func linesIfAny(_ column: String) throws(StoreError) -> [[String]]? {
        try optional(column) {
            String.fromDatabaseValue($0).flatMap { try? JSONDecoder().decode([[String]].self, from: Data($0.utf8)) }
        }
    }
}
