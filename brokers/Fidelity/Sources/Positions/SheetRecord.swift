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
        if let name = asciiName(cell) { return name }
        let plain = cell.lowercased().map { $0 == "\u{2019}" || $0 == "\u{2018}" ? "'" : $0 }
            .filter { $0 != "\"" && $0 != "\u{FEFF}" }
        return String(plain).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The same of ASCII alone, byte by byte: every cell of a file is looked at as a possible header name.
    private static func asciiName(_ cell: String) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(cell.utf8.count)
        var isAfterBlank = false
        for byte in cell.utf8 {
            switch byte {
            case 0x80...: return nil
            case UInt8(ascii: "\""): continue
            case 0x09...0x0D, 0x20: isAfterBlank = true
            default:
                if isAfterBlank && !bytes.isEmpty { bytes.append(0x20) }
                isAfterBlank = false
                bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
