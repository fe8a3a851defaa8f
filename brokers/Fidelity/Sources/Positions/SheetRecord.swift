import BrokerKit

/// One record of the file as trimmed text.
struct SheetRecord {
    let firstLine: Int
    let lastLine: Int
    let cells: [String]

    init(_ record: DelimitedRecord, _ encoding: TextEncoding) {
        firstLine = record.firstLine
        lastLine = record.lastLine
        cells = record.texts(encoding).map(\.trimmed)
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
        let plain = cell.lowercased().map { $0 == "\u{2019}" || $0 == "\u{2018}" ? "'" : $0 }
            .filter { $0 != "\"" && $0 != "\u{FEFF}" }
        return String(plain).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
