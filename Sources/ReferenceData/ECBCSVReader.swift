import BrokerKit
import PortfolioModel

/// The CSV form: a `Date` column and one a currency, by name; the order of the columns has changed over the years. The
/// history writes 2025-04-25 and ends its lines with a comma, the day's file `25 April 2025` with blanks after commas.
enum ECBCSVReader {
    static func days(of bytes: [UInt8]) throws(ImportError) -> [ECBDay] {
        let records: [DelimitedRecord]
        do { records = try DelimitedTextReader.records(of: bytes) } catch { throw ImportError(error) }
        guard let header = records.first else {
            throw ImportError(code: "empty-file", "the file is empty", fix: "download the file again")
        }
        let columns = try columns(header)
        var days: [ECBDay] = []
        for record in records.dropFirst() {
            let cells = record.texts(.utf8).map(trimmed)
            if cells.allSatisfy(\.isEmpty) { continue }
            days.append(try day(cells, columns, line: record.firstLine))
        }
        return days
    }

    private static func columns(_ header: DelimitedRecord) throws(ImportError) -> [String] {
        var names = header.texts(.utf8).map(trimmed)
        if names.last?.isEmpty == true { names.removeLast() }
        guard names.first == "Date", names.count > 1 else {
            throw ImportError(
                code: "not-ecb", "the first line is not `Date` followed by currencies", line: header.firstLine,
                field: "Date", fix: "import eurofxref.csv or eurofxref-hist.csv as it was downloaded")
        }
        for (place, name) in names.enumerated().dropFirst() {
            guard Currency(name)?.hasISOForm == true, !names[..<place].contains(name) else {
                throw ImportError(
                    code: "bad-column", "column \(place + 1) is not a currency of its own: `\(name.prefix(20))`",
                    line: header.firstLine, field: String(name.prefix(20)), fix: "download the file again")
            }
        }
        return names
    }

    private static func day(_ cells: [String], _ columns: [String], line: Int) throws(ImportError) -> ECBDay {
        let isFull = cells.count == columns.count || (cells.count == columns.count + 1 && cells.last == "")
        guard isFull else {
            throw ImportError(
                code: "short-row", "the line has \(cells.count) fields, the first one \(columns.count)", line: line,
                fix: "the download may be cut off: download the file again")
        }
        guard let date = CalendarDate(cells[0]) ?? written(cells[0]) else {
            throw ImportError(
                code: "bad-date", "`\(cells[0].prefix(20))` is not a date", line: line, field: "Date",
                fix: "a date is 2025-04-25 or 25 April 2025; download the file again")
        }
        var day = ECBDay(date: date, line: line, field: "Date")
        for (name, text) in zip(columns, cells).dropFirst() where text != "N/A" {
            try day.add(name, text, line: line, field: name)
        }
        return day
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// `25 April 2025`.
    private static func written(_ text: String) -> CalendarDate? {
        let words = text.split(separator: " ")
        guard words.count == 3, let day = Int(words[0]), let month = months.firstIndex(of: String(words[1])),
            words[2].count == 4, let year = Int(words[2])
        else { return nil }
        return CalendarDate(year: year, month: month + 1, day: day)
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
