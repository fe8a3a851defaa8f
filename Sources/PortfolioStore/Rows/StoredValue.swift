import Foundation
import GRDB
import PortfolioModel

/// How a value stands in a column: decimals and dates as exact text, instants as microseconds, absence as NULL.
protocol StoredValue {
    var stored: DatabaseValue { get }
}

extension String: StoredValue { var stored: DatabaseValue { databaseValue } }
extension Int: StoredValue { var stored: DatabaseValue { databaseValue } }
extension Int64: StoredValue { var stored: DatabaseValue { databaseValue } }
extension Bool: StoredValue { var stored: DatabaseValue { databaseValue } }
extension Double: StoredValue {
    /// What is no finite number is "not stated".
    var stored: DatabaseValue { isFinite ? databaseValue : .null }
}
extension FixedDecimal: StoredValue { var stored: DatabaseValue { description.databaseValue } }
extension Timestamp: StoredValue { var stored: DatabaseValue { microseconds.databaseValue } }
extension CalendarDate: StoredValue { var stored: DatabaseValue { description.databaseValue } }
extension Currency: StoredValue { var stored: DatabaseValue { code.databaseValue } }
extension AccountID: StoredValue { var stored: DatabaseValue { text.databaseValue } }
extension BrokerID: StoredValue { var stored: DatabaseValue { name.databaseValue } }
extension InstrumentID: StoredValue { var stored: DatabaseValue { raw.databaseValue } }
extension Optional: StoredValue where Wrapped: StoredValue {
    var stored: DatabaseValue { self?.stored ?? .null }
}

/// A small list of lists of words in one column, as JSON.
struct WordTable: StoredValue {
    var lines: [[String]]

    var stored: DatabaseValue {
        if lines.isEmpty { return "[]".databaseValue }
        let data = (try? JSONEncoder().encode(lines)) ?? Data()
        return String(decoding: data, as: UTF8.self).databaseValue
    }
}
