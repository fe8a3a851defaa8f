import BrokerKit

/// Where the data of a file starts, and in which layout.
struct PositionsStart {
    enum Layout {
        case positions(PositionsHeader)
        case statement(StatementHeader)
    }

    let index: Int
    let layout: Layout

    var name: String {
        switch layout {
        case .positions(let header): header.layout
        case .statement: "P0"
        }
    }

    /// Lines searched for the header.
    private static let searched = 30

    /// Throws `history-file`, `unknown-layout`, `duplicate-column`.
    static func find(in records: [SheetRecord]) throws(ImportError) -> PositionsStart {
        let head = records.prefix { $0.firstLine <= searched }
        // Names are made once for each line: they cost more than what looks at them.
        let names = head.map(\.names)
        for (index, record) in head.enumerated() {
            if let header = try PositionsHeader(record, names: names[index]) {
                return PositionsStart(index: index, layout: .positions(header))
            }
            if let header = StatementHeader(summary: names[index]) {
                return PositionsStart(index: index, layout: .statement(header))
            }
            if isHistory(names[index]) {
                throw ImportError(
                    code: "history-file", "this is a history file; history files are read by a later version",
                    line: record.firstLine, fix: "import the download of the Positions page")
            }
        }
        throw unknown(Array(zip(head, names)))
    }

    private static func isHistory(_ names: [String]) -> Bool {
        names.contains("run date") && names.contains("action") && names.contains { $0.hasPrefix("amount") }
    }

    /// Names the line that looks most like a header, and what it lacks.
    private static func unknown(_ lines: [(record: SheetRecord, names: [String])]) -> ImportError {
        let candidates = lines.map { line in
            (record: line.record, columns: Set(line.names.compactMap(PositionColumn.init(name:))))
        }
        let fix = "download the file from the Positions page with all of these columns, and do not edit it"
        let needed = PositionColumn.mandatory.map(\.rawValue).joined(separator: ", ")
        guard let best = candidates.max(by: { $0.columns.count < $1.columns.count }), !best.columns.isEmpty else {
            return ImportError(
                code: "unknown-layout", "no header line in the first \(searched) lines (needed: \(needed))", fix: fix)
        }
        let missing = PositionsHeader.missing(from: best.columns).map(\.rawValue)
        let found = best.record.cells.filter { !$0.isEmpty }.joined(separator: ", ").prefix(300)
        return ImportError(
            code: "unknown-layout",
            "the header line (\(found)) lacks \(missing.joined(separator: ", "))", line: best.record.firstLine,
            field: missing.first, fix: fix)
    }
}
