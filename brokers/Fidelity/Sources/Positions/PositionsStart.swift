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
        for (index, record) in head.enumerated() {
            if let header = try PositionsHeader(record) {
                return PositionsStart(index: index, layout: .positions(header))
            }
            if let header = StatementHeader(summary: record) {
                return PositionsStart(index: index, layout: .statement(header))
            }
            if isHistory(record) {
                throw ImportError(
                    code: "history-file", "this is a history file; history files are read by a later version",
                    line: record.firstLine, fix: "import the download of the Positions page")
            }
        }
        throw unknown(Array(head))
    }

    private static func isHistory(_ record: SheetRecord) -> Bool {
        let names = Set(record.names)
        return names.contains("run date") && names.contains("action") && names.contains { $0.hasPrefix("amount") }
    }

    /// Names the line that looks most like a header, and what it lacks.
    private static func unknown(_ records: [SheetRecord]) -> ImportError {
        func columns(_ record: SheetRecord) -> Set<PositionColumn> {
            Set(record.names.compactMap(PositionColumn.init(name:)))
        }
        let fix = "download the file from the Positions page with all of these columns, and do not edit it"
        let needed = PositionColumn.mandatory.map(\.rawValue).joined(separator: ", ")
        guard let best = records.max(by: { columns($0).count < columns($1).count }), !columns(best).isEmpty else {
            return ImportError(
                code: "unknown-layout", "no header line in the first \(searched) lines (needed: \(needed))", fix: fix)
        }
        let missing = PositionsHeader.missing(from: columns(best)).map(\.rawValue)
        let found = best.cells.filter { !$0.isEmpty }.joined(separator: ", ").prefix(300)
        return ImportError(
            code: "unknown-layout",
            "the header line (\(found)) lacks \(missing.joined(separator: ", "))", line: best.firstLine,
            field: missing.first, fix: fix)
    }
}
