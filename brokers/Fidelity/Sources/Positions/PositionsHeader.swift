import BrokerKit

/// Where each column of one positions file stands.
struct PositionsHeader {
    let layout: String
    /// Number of named columns; further cells of a row must be blank.
    let width: Int
    private let places: [PositionColumn: Int]

    /// nil when the record is no header line; `names` are the record's. Throws `duplicate-column`.
    init?(_ record: SheetRecord, names: [String]) throws(ImportError) {
        var places: [PositionColumn: Int] = [:]
        var repeated: String?
        for (index, name) in names.enumerated() {
            guard let column = PositionColumn(name: name) else { continue }
            if places[column] != nil && column != .securityType { repeated = column.rawValue }
            places[column] = places[column] ?? index
        }
        guard Self.missing(from: places.keys).isEmpty else { return nil }
        if let repeated {
            throw ImportError(
                code: "duplicate-column", "the header line names the column \(repeated) twice", line: record.firstLine,
                field: repeated, fix: "download the file again with that column shown once")
        }
        self.places = places
        width = (names.lastIndex { !$0.isEmpty } ?? 0) + 1
        layout = Self.layout(names: Set(names.filter { !$0.isEmpty }), cells: record.cells)
    }

    func place(of column: PositionColumn) -> Int? { places[column] }

    /// The text under a column; empty when the file has no such column or the record is too short.
    func text(_ column: PositionColumn, _ record: SheetRecord) -> String {
        guard let place = places[column], place < record.cells.count else { return "" }
        return record.cells[place]
    }

    /// Mandatory columns not among these.
    static func missing(from columns: some Collection<PositionColumn>) -> [PositionColumn] {
        PositionColumn.mandatory.filter {
            !columns.contains($0) && !($0 == .accountNumber && columns.contains(.accountNameAndNumber))
        }
    }

    private static let common: Set<String> = [
        "account number", "account name", "symbol", "description", "quantity", "last price", "last price change",
        "current value", "today's gain/loss dollar", "today's gain/loss percent", "total gain/loss dollar",
        "total gain/loss percent", "percent of account", "type",
    ]
    private static let oldCosts: Set<String> = ["cost basis", "cost basis per share"]
    private static let newCosts: Set<String> = ["cost basis total", "average cost basis"]

    /// The fact sheet's id of the layout: exact sets of names, and `P7` for every other choice of columns.
    private static func layout(names: Set<String>, cells: [String]) -> String {
        if names.contains("account name/number") { return "P6" }
        if names == common.union(oldCosts) { return "P1" }
        let current = common.union(newCosts)
        if names == current { return cells.contains("Current value") ? "P3" : "P2" }
        if names == current.union(["basket name"]) { return "P4" }
        if names == current.union(["investment type"]) { return "P5" }
        return "P7"
    }
}
