/// The two header lines of a statement file (P0): one over the accounts, one over the holdings.
struct StatementHeader {
    /// Number of columns.
    var width: Int { places.count }
    private let places: [String: Int]

    /// The accounts' header, of a record with these names; nil when they are not one's.
    init?(summary names: [String]) {
        self.init(names, mandatory: ["account type", "account", "ending mkt value"])
    }

    /// The holdings' header, of a record with these names; nil when they are not one's.
    init?(holdings names: [String]) {
        self.init(names, mandatory: ["symbol/cusip", "quantity", "price", "ending value"])
    }

    private init?(_ names: [String], mandatory: [String]) {
        guard mandatory.allSatisfy(names.contains) else { return nil }
        places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    func text(_ name: String, _ record: SheetRecord) -> String {
        guard let place = places[name], place < record.cells.count else { return "" }
        return record.cells[place]
    }
}
