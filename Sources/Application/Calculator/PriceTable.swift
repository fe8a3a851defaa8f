import Foundation

/// A file of options for the calculator: `price --csv`.
struct PriceTable: Sendable {
    /// What the calculator writes behind the columns that were read.
    private static let added = PriceAnswer.numbers.map(\.name) + ["failure"]

    private let header: String
    private let lines: [String]
    let requests: [PriceRequest]

    /// Throws `CommandError` with file, line, field and fix; then nothing is computed.
    init(_ text: String, file: String) throws(CommandError) {
        do throws(CommandError) {
            let read = try SeparatedText(text).rows
            guard let first = read.first else {
                throw CommandError(
                    "empty-file", "there is no header", line: 1,
                    fix: "start with \(PriceColumn.allCases.map(\.rawValue).joined(separator: ","))", exit: .dataError)
            }
            let isOwn =
                first.fields.count > Self.added.count && Array(first.fields.suffix(Self.added.count)) == Self.added
            var rows: [SeparatedText.Row] = []
            for row in read { rows.append(isOwn ? try Self.withoutAnswer(row) : row) }
            let columns = try Self.columns(rows[0])
            var requests: [PriceRequest] = []
            for row in rows.dropFirst() { requests.append(try Self.request(row, columns)) }
            self.requests = requests
            header = rows[0].text
            lines = rows.dropFirst().map(\.text)
        } catch {
            var located = error
            located.file = file
            throw located
        }
    }

    /// A row that the calculator wrote before, with its input alone: it is answered anew.
    private static func withoutAnswer(_ row: SeparatedText.Row) throws(CommandError) -> SeparatedText.Row {
        guard let input = row.withoutLast(added.count) else {
            throw CommandError(
                "bad-row", "the row does not end with the \(added.count) fields of an answer", line: row.line,
                fix: "give every column a field, or remove the answers' columns", exit: .dataError)
        }
        return input
    }

    private static func columns(_ row: SeparatedText.Row) throws(CommandError) -> [PriceColumn] {
        var columns: [PriceColumn] = []
        for name in row.fields {
            // A byte order mark belongs to no name.
            let name = name.hasPrefix("\u{FEFF}") ? String(name.dropFirst()) : name
            guard let column = PriceColumn(rawValue: name), !columns.contains(column) else {
                throw CommandError(
                    "bad-header", "\"\(name)\" is no column, or is there twice", line: row.line, field: name,
                    fix: "known columns: \(PriceColumn.allCases.map(\.rawValue).joined(separator: ","))",
                    exit: .dataError)
            }
            columns.append(column)
        }
        for column in PriceColumn.allCases where !column.isOptional && !columns.contains(column) {
            throw CommandError(
                "bad-header", "the column \(column.rawValue) is missing", line: row.line, field: column.rawValue,
                fix: "add it to the header", exit: .dataError)
        }
        return columns
    }

    private static func request(
        _ row: SeparatedText.Row, _ columns: [PriceColumn]
    ) throws(CommandError) -> PriceRequest {
        guard row.fields.count == columns.count else {
            throw CommandError(
                "bad-row", "\(row.fields.count) fields where the header has \(columns.count)", line: row.line,
                fix: "give every column a field, empty where there is nothing", exit: .dataError)
        }
        do throws(CommandError) {
            return try PriceRequest(Dictionary(uniqueKeysWithValues: zip(columns, row.fields)))
        } catch {
            var located = error
            located.line = row.line
            throw located
        }
    }

    /// The rows as they were read, in their order, each with its answer; numbers have 17 significant digits.
    func text(_ answers: [PriceAnswer]) -> String {
        var text = header + "," + Self.added.joined(separator: ",") + "\n"
        for (line, answer) in zip(lines, answers) {
            let numbers = PriceAnswer.numbers.map { $0.value(answer).map(Self.digits) ?? "" }
            text += line + "," + (numbers + [answer.failure ?? ""]).joined(separator: ",") + "\n"
        }
        return text
    }

    /// As many digits as tell every double from its neighbours.
    static func digits(_ value: Double) -> String { String(format: "%.17g", value) }
}
