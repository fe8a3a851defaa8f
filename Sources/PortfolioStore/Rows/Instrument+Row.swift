import GRDB
import PortfolioModel

extension Instrument: StoredRow {
    static let table = TableShape(
        "instrument", key: ["id"],
        values: [
            "kind", "kind_is_certain", "symbol", "currency", "listing", "name", "underlying", "contract_underlying",
            "root", "expiry", "strike", "option_right", "exercise_style", "settlement", "premium_multiplier",
            "lot_size", "deliverables",
        ])

    func bind(to columns: inout ColumnBinder) {
        let deliverables = contract?.deliverables.map { list in
            WordTable(lines: list.map { [$0.symbol, $0.amount.description, $0.isCash ? "cash" : "units"] })
        }
        columns.bind(
            id, terms.kind.rawValue, terms.kindIsCertain, terms.symbol, terms.currency, terms.listing, terms.name,
            underlying, contract?.underlying, contract?.root, contract?.expiry, contract?.strike,
            contract?.right?.rawValue, contract?.exerciseStyle?.rawValue, contract?.settlement?.description,
            contract?.premiumMultiplier, contract?.lotSize, deliverables)
    }

    /// Without identifiers, which are rows of their own.
    init(_ reader: RowReader) throws(StoreError) {
        var terms = InstrumentTerms(
            kind: try reader.word("kind"), kindIsCertain: try reader.flag("kind_is_certain"),
            symbol: try reader.text("symbol"), currency: try reader.currency("currency"),
            listing: try reader.text("listing"), name: try reader.textIfAny("name"))
        terms.contract = try Self.contract(reader)
        self.init(id: try reader.instrument("id"), terms: terms, underlying: try reader.instrumentIfAny("underlying"))
    }

    private static func contract(_ reader: RowReader) throws(StoreError) -> Contract? {
        guard let underlying = try reader.textIfAny("contract_underlying") else { return nil }
        var contract = Contract(
            underlying: underlying, root: try reader.text("root"), expiry: try reader.date("expiry"),
            premiumMultiplier: try reader.decimal("premium_multiplier"))
        contract.strike = try reader.decimalIfAny("strike")
        contract.right = try reader.wordIfAny("option_right")
        contract.exerciseStyle = try reader.wordIfAny("exercise_style")
        if let text = try reader.textIfAny("settlement") {
            guard let settlement = Settlement(text) else { throw reader.damage("settlement", "unreadable value") }
            contract.settlement = settlement
        }
        contract.lotSize = try reader.decimal("lot_size")
        if let lines = try reader.linesIfAny("deliverables") {
            var list: [Deliverable] = []
            for line in lines {
                guard line.count == 3, let amount = try? FixedDecimal(line[1]) else {
                    throw reader.damage("deliverables", "unreadable value")
                }
                list.append(Deliverable(symbol: line[0], amount: amount, isCash: line[2] == "cash"))
            }
            contract.deliverables = list
        }
        return contract
    }

    /// Writes the instrument and its names by difference.
    func save(_ writer: RowWriter) throws {
        try writer.upsert(self)
        for (place, name) in terms.identifiers.enumerated() {
            try writer.upsert(IdentifierRow(instrument: id, place: place, identifier: name))
        }
        let rest = try writer.db.cachedStatement(sql: "DELETE FROM identifier WHERE instrument = ? AND place >= ?")
        try rest.execute(arguments: [id.raw, terms.identifiers.count])
    }

    /// All instruments with their names, in order of number.
    static func fetchAll(_ db: Database) throws -> [Instrument] {
        var names: [InstrumentID: [Identifier]] = [:]
        for row in try IdentifierRow.fetch(db, "ORDER BY instrument, place") {
            names[row.instrument, default: []].append(row.identifier)
        }
        return try fetch(db, "ORDER BY id").map {
            var instrument = $0
            instrument.terms.identifiers = names[$0.id] ?? []
            return instrument
        }
    }
}

/// One name of an instrument; its place keeps the order in which names were learnt.
struct IdentifierRow: StoredRow {
    var instrument: InstrumentID
    var place: Int
    var identifier: Identifier

    init(instrument: InstrumentID, place: Int, identifier: Identifier) {
        self.instrument = instrument
        self.place = place
        self.identifier = identifier
    }

    static let table = TableShape(
        "identifier", key: ["instrument", "place"], values: ["scheme", "value", "valid_from", "valid_through"])

    func bind(to columns: inout ColumnBinder) {
        columns.bind(
            instrument, place, identifier.scheme.rawValue, identifier.value, identifier.validFrom,
            identifier.validThrough)
    }

    init(_ reader: RowReader) throws(StoreError) {
        instrument = try reader.instrument()
        place = try reader.integer("place")
        identifier = Identifier(
            try reader.word("scheme"), try reader.text("value"), validFrom: try reader.dateIfAny("valid_from"),
            validThrough: try reader.dateIfAny("valid_through"))
    }
}
