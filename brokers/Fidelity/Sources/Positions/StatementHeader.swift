/// The two header lines of a statement file (P0): one over the accounts, one over the holdings.
struct StatementHeader {
    private let places: [String: Int]

    /// The accounts' header; nil when the record is not one.
    init?(summary record: SheetRecord) {
        self.init(record, mandatory: ["account type", "account", "ending mkt value"])
    }

    /// The holdings' header; nil when the record is not one.
    init?(holdings record: SheetRecord) {
        self.init(record, mandatory: ["symbol/cusip", "quantity", "price", "ending value"])
    }

    private init?(_ record: SheetRecord, mandatory: [String]) {
        var places: [String: Int] = [:]
        for (index, name) in record.names.enumerated() where places[name] == nil { places[name] = index }
        guard mandatory.allSatisfy({ places[$0] != nil }) else { return nil }
        self.places = places
    }

    func text(_ name: String, _ record: SheetRecord) -> String {
        guard let place = places[name], place < record.cells.count else { return "" }
        return record.cells[place]
    }
}
