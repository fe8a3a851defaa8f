/// The account a row names. Numbers are opaque texts: nine characters, or fewer for workplace plans.
struct AccountCell: Equatable {
    enum Form { case number, damaged, none }

    var number: String
    var name: String?

    /// Up to twenty letters, digits and dashes with a digit among them; `damaged` when a spreadsheet turned the number
    /// into
    /// scientific notation.
    static func form(_ text: String) -> Form {
        guard (1...20).contains(text.utf8.count), text.utf8.contains(where: \.isDigit) else { return .none }
        if text.contains("+") || text.contains("."), case .value(_, true) = CellNumber(text) { return .damaged }
        let isOpaque = text.utf8.allSatisfy {
            $0.isUpperAlphanumeric || ($0 >= 0x61 && $0 <= 0x7A) || $0 == UInt8(ascii: "-")
        }
        return isOpaque ? .number : .none
    }

    /// Seven or eight digits alone: nine with leading zeros that a spreadsheet dropped, perhaps.
    static func mayLackZeros(_ text: String) -> Bool {
        (7...8).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit)
    }

    /// Name and number of a combined cell, the number last: `Individual X00000001`, `Individual - X00000001`.
    static func split(_ text: String) -> (number: String, name: String?) {
        guard let blank = text.lastIndex(where: \.isWhitespace) else { return (text, nil) }
        let number = String(text[text.index(after: blank)...])
        let name = String(text[..<blank].reversed().drop { $0.isWhitespace || $0 == "-" }.reversed())
        return (number, name.isEmpty ? nil : name)
    }
}
