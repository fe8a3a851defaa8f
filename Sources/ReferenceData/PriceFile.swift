package import BrokerKit
package import PortfolioModel

/// A file of daily closes, CSV with a header: `symbol,date,close` and, where wanted, `open`, `currency`, `source`, in
/// any order. Read whole or refused.
package struct PriceFile: Sendable, Equatable {
    package struct Row: Sendable, Equatable {
        /// Physical line, from 1.
        package var line: Int
        package var symbol: String
        package var date: CalendarDate
        package var open: FixedDecimal?
        package var close: FixedDecimal
        package var currency: Currency?
        package var source: String?
    }

    private static let known = ["symbol", "date", "close", "open", "currency", "source"]

    /// In the file's order; no symbol and date stand twice.
    package var rows: [Row]

    /// Throws `ImportError` with line, field and what to do. `today` refuses dates that have not come.
    package init(reading bytes: [UInt8], today: CalendarDate) throws(ImportError) {
        let records: [DelimitedRecord]
        do { records = try DelimitedTextReader.records(of: bytes) } catch { throw ImportError(error) }
        guard let header = records.first else {
            throw ImportError(code: "empty-file", "the file is empty", fix: "begin it with symbol,date,close")
        }
        let columns = try Self.columns(header)
        struct Key: Hashable {
            var symbol: String
            var date: CalendarDate
        }
        var seen: [Key: Int] = [:]
        rows = []
        for record in records.dropFirst() where record.count > 1 || !record[0].isEmpty {
            let row = try Self.row(record, columns, today: today)
            if let line = seen.updateValue(row.line, forKey: Key(symbol: row.symbol, date: row.date)) {
                throw ImportError(
                    code: "duplicate-row", "\(row.symbol) on \(row.date) stands on line \(line) already",
                    line: row.line, field: "date", fix: "remove one of the two")
            }
            rows.append(row)
        }
        if rows.isEmpty {
            throw ImportError(code: "no-rows", "the file holds no price", line: 1, fix: "give it one row a close")
        }
    }

    private static func columns(_ header: DelimitedRecord) throws(ImportError) -> [String: Int] {
        var columns: [String: Int] = [:]
        for (place, name) in header.texts(.utf8).enumerated() {
            guard known.contains(name) else {
                throw ImportError(
                    code: "unknown-column", "there is no column `\(name.prefix(40))`", line: header.firstLine,
                    field: String(name.prefix(40)), fix: "the columns are \(known.joined(separator: ", "))")
            }
            if columns.updateValue(place, forKey: name) != nil {
                throw ImportError(
                    code: "duplicate-column", "two columns are called `\(name)`", line: header.firstLine, field: name,
                    fix: "remove one of the two")
            }
        }
        for name in known.prefix(3) where columns[name] == nil {
            throw ImportError(
                code: "missing-column", "there is no column `\(name)`", line: header.firstLine, field: name,
                fix: "begin the file with symbol,date,close")
        }
        return columns
    }

    private static func row(
        _ record: DelimitedRecord, _ columns: [String: Int], today: CalendarDate
    ) throws(ImportError) -> Row {
        let line = record.firstLine
        guard record.count == columns.count else {
            throw ImportError(
                code: "short-row", "the line has \(record.count) fields, the header \(columns.count)", line: line,
                fix: "give each line one field a column; quote a field that holds a comma")
        }
        func cell(_ name: String) -> String? {
            columns[name].map { record.text($0, .utf8) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        func bad(_ field: String, _ text: String?, _ what: String, _ fix: String) -> ImportError {
            ImportError(
                code: "bad-\(field)", text.map { "`\($0.prefix(40))` is not \(what)" } ?? "there is no \(field)",
                line: line, field: field, fix: fix)
        }
        func price(_ name: String) throws(ImportError) -> FixedDecimal? {
            guard let text = cell(name) else { return nil }
            guard let value = try? FixedDecimal(text), value.signum > 0 else {
                throw bad(name, text, "a price", "a price is above 0, digits with a point: 512.34")
            }
            return value
        }
        guard let symbol = cell("symbol") else { throw bad("symbol", nil, "", "write the symbol as `prices` shows it") }
        guard let date = cell("date").flatMap({ CalendarDate($0) }), date <= today else {
            throw bad("date", cell("date"), "a date that has come", "a date is 2026-11-20")
        }
        guard let close = try price("close") else { throw bad("close", nil, "", "write the day's close") }
        var row = Row(line: line, symbol: symbol, date: date, close: close)
        row.open = try price("open")
        row.source = cell("source")
        if let text = cell("currency") {
            guard let currency = Currency(text) else {
                throw bad("currency", text, "a currency", "write an ISO 4217 code such as USD")
            }
            row.currency = currency
        }
        return row
    }
}
