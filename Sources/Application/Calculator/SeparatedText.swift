/// Text of comma-separated values (RFC 4180): quotes around a field, doubled inside; every field's surrounding blanks
/// dropped.
struct SeparatedText {
    struct Row: Sendable, Equatable {
        /// Counts from 1.
        var line: Int
        var fields: [String]
        /// As it was read.
        var text: String

        /// The row without its last fields; nil when it has no others, or one of those has a comma in quotes.
        func withoutLast(_ count: Int) -> Row? {
            guard fields.count > count, !fields.suffix(count).contains(where: { $0.contains(",") }) else { return nil }
            var rest = text[...]
            for _ in 0..<count {
                guard let comma = rest.lastIndex(of: ",") else { return nil }
                rest = rest[..<comma]
            }
            return Row(line: line, fields: fields.dropLast(count), text: String(rest))
        }
    }

    let rows: [Row]

    /// Empty lines are left out. Throws `CommandError` with the line of a quote that does not end.
    init(_ text: String) throws(CommandError) {
        var rows: [Row] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
        where !line.allSatisfy(\.isWhitespace) {
            guard let fields = Self.fields(line) else {
                throw CommandError(
                    "bad-row", "a quote does not end", line: index + 1, fix: "close it with \" before the line ends",
                    exit: .dataError)
            }
            rows.append(Row(line: index + 1, fields: fields, text: String(line)))
        }
        self.rows = rows
    }

    private static func fields(_ line: Substring) -> [String]? {
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var rest = line[...]
        while let character = rest.popFirst() {
            switch character {
            case "\"" where isQuoted && rest.first == "\"":
                field.append("\"")
                rest.removeFirst()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                fields.append(trimmed(field))
                field = ""
            default: field.append(character)
            }
        }
        fields.append(trimmed(field))
        return isQuoted ? nil : fields
    }

    private static func trimmed(_ field: String) -> String {
        let start = field.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
