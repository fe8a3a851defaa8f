import BrokerKit

/// One record of the file as trimmed text.
struct SheetRecord {
    let firstLine: Int
    let lastLine: Int
    let cells: [String]

    init(_ record: DelimitedRecord, _ encoding: TextEncoding) {
        firstLine = record.firstLine
        lastLine = record.lastLine
        cells = (0..<record.count).map { record.text($0, encoding).trimmed }
    }

    /// Whether a quoted cell holds line ends, as long texts of a footer do; in a holding that is a quote not closed.
    var hasLineEnds: Bool { firstLine != lastLine }

    /// Whether a line in a quoted cell looks like a row of a table so wide, which a stray quote has swallowed.
    func swallowsRow(ofWidth width: Int) -> Bool {
        guard hasLineEnds else { return false }
        return cells.contains { cell in
            cell.split(whereSeparator: \.isNewline).contains { line in
                line.utf8.count { $0 == UInt8(ascii: ",") } >= max(3, width - 2)
            }
        }
    }

    var isBlank: Bool { cells.allSatisfy(\.isEmpty) }
    /// The only cell with text; nil when there is none or more than one.
    var onlyText: String? {
        let texts = cells.filter { !$0.isEmpty }
        return texts.count == 1 ? texts[0] : nil
    }

    /// Cells as header names: lower case, blanks collapsed, typographic apostrophes made plain, quotes dropped.
    var names: [String] { cells.map(Self.name) }

    static func name(_ cell: String) -> String {
        if let name = asciiName(cell) { return name }
        let plain = cell.lowercased().map { $0 == "\u{2019}" || $0 == "\u{2018}" ? "'" : $0 }
            .filter { $0 != "\"" && $0 != "\u{FEFF}" }
        return String(plain).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The same of ASCII alone, byte by byte: every cell of a file is looked at as a possible header name.
    private static func asciiName(_ cell: String) -> String? {
        guard cell.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        return String(unsafeUninitializedCapacity: cell.utf8.count) { name in
            var count = 0
            var isAfterBlank = false
            func append(_ byte: UInt8) {
                name[count] = byte
                count += 1
            }
            for byte in cell.utf8 where byte != UInt8(ascii: "\"") {
                if byte.isBlank {
                    isAfterBlank = true
                } else {
                    if isAfterBlank && count > 0 { append(0x20) }
                    isAfterBlank = false
                    append(byte.asciiLowercased)
                }
            }
            return count
        }
    }
}
