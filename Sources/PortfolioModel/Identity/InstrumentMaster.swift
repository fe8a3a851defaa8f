/// The universal instrument master: one row an instrument, whatever the brokers call it.
///
/// Derivatives match by their contract terms; other instruments by ISIN or CUSIP with listing and currency, else by
/// symbol with listing and currency. A permanent number (conId, FIGI) proves identity through a change of name.
/// Descriptions that disagree are kept apart and reported, never merged silently.
package struct InstrumentMaster: Sendable {
    /// Rows in order of their number; `instruments[id.index].id == id`.
    package private(set) var instruments: [Instrument] = []
    private var bySecurity: [SecurityKey: InstrumentID] = [:]
    private var byContract: [ContractKey: [InstrumentID]] = [:]
    private var byName: [NameKey: [InstrumentID]] = [:]
    private var touched: Set<InstrumentID> = []

    private struct NameKey: Hashable {
        var scheme: Identifier.Scheme
        var value: String
    }
    private struct SecurityKey: Hashable {
        var family: String
        var symbol: String
        var listing: String
        var currency: Currency
    }
    private struct ContractKey: Hashable {
        var underlying: String
        var expiry: CalendarDate
        var strike: FixedDecimal?
        var right: OptionRight?
        var currency: Currency
    }

    /// What a resolution did. `conflict` says in words why a similar row was not joined.
    package struct Resolution: Sendable, Equatable {
        package enum Outcome: Sendable, Equatable { case known, added, amended }
        package var id: InstrumentID
        package var outcome: Outcome
        package var conflict: String?
    }

    package init() {}

    /// Rebuilds the master from its rows, which must be in order of number without gaps.
    package init(restoring rows: [Instrument]) throws(MasterError) {
        for row in rows {
            guard row.id.index == instruments.count else { throw .gap(expected: instruments.count + 1, found: row.id) }
            instruments.append(row)
            index(row)
        }
    }

    package subscript(id: InstrumentID) -> Instrument { instruments[id.index] }
    package func contains(_ id: InstrumentID) -> Bool { id.raw >= 1 && id.index < instruments.count }

    /// The instrument somebody calls so on a date.
    package func find(_ scheme: Identifier.Scheme, _ value: String, on date: CalendarDate) -> InstrumentID? {
        byName[NameKey(scheme: scheme, value: value)]?.first { id in
            if scheme == .ticker, self[id].symbol == value { return true }
            return self[id].terms.identifiers.contains {
                $0.scheme == scheme && $0.value == value && $0.isValid(on: date)
            }
        }
    }

    /// Finds or adds the instrument a source describes as of a date, and its underlying before it.
    package mutating func resolve(_ terms: InstrumentTerms, on date: CalendarDate) -> Resolution {
        let (match, conflict) = match(terms, on: date)
        if let id = match {
            let outcome: Resolution.Outcome = amend(id, with: terms, on: date) ? .amended : .known
            return Resolution(id: id, outcome: outcome, conflict: conflict)
        }
        let underlying = terms.contract.flatMap { self.underlying(of: terms, $0, on: date) }
        let row = Instrument(
            id: InstrumentID(raw: UInt32(instruments.count + 1)), terms: terms, underlying: underlying)
        instruments.append(row)
        touched.insert(row.id)
        index(row)
        return Resolution(id: row.id, outcome: .added, conflict: conflict)
    }

    /// Records that a contract is called otherwise from a date on (an OCC adjustment): old names end the day before,
    /// the new description takes effect, the number stays. Throws `.unknown` or `.taken`.
    package mutating func rename(
        _ id: InstrumentID, to terms: InstrumentTerms, effective date: CalendarDate
    ) throws(MasterError) {
        guard contains(id) else { throw .unknown(id) }
        if let taken = match(terms, on: date).id, taken != id { throw .taken(by: taken) }
        var row = self[id]
        var names = row.terms.identifiers
        for place in names.indices where names[place].validThrough == nil && !names[place].scheme.isPermanent {
            names[place].validThrough = date.adding(days: -1)
        }
        for var name in terms.identifiers
        where !names.contains(where: { $0.value == name.value && $0.isValid(on: date) }) {
            name.validFrom = name.validFrom ?? date
            names.append(name)
        }
        if row.symbol != terms.symbol, !names.contains(where: { $0.scheme == .ticker && $0.value == row.symbol }) {
            names.append(Identifier(.ticker, row.symbol, validThrough: date.adding(days: -1)))
        }
        row.terms = terms
        row.terms.identifiers = names
        touched.insert(id)
        replace(row)
    }

    private func match(_ terms: InstrumentTerms, on date: CalendarDate) -> (id: InstrumentID?, conflict: String?) {
        for name in terms.identifiers where name.scheme.isPermanent {
            if let id = find(name.scheme, name.value, on: date) { return (id, nil) }
        }
        if let contract = terms.contract { return matchContract(terms, contract, on: date) }
        for name in terms.identifiers where name.scheme == .isin || name.scheme == .cusip {
            if let id = find(name.scheme, name.value, on: date), self[id].currency == terms.currency,
                self[id].terms.listing == terms.listing
            {
                return (id, nil)
            }
        }
        return (matchSymbol(terms, on: date), nil)
    }

    /// The security called so now, or called so on that date: a symbol that was given up may be somebody else's today.
    private func matchSymbol(_ terms: InstrumentTerms, on date: CalendarDate) -> InstrumentID? {
        let key = securityKey(terms)
        if let id = bySecurity[key], self[id].symbol == terms.symbol { return id }
        return byName[NameKey(scheme: .ticker, value: terms.symbol)]?.first { id in
            var renamed = self[id].terms
            renamed.symbol = terms.symbol
            return renamed.contract == nil && securityKey(renamed) == key
                && self[id].terms.identifiers.contains {
                    $0.scheme == .ticker && $0.value == terms.symbol && $0.isValid(on: date)
                }
        }
    }

    private func matchContract(
        _ terms: InstrumentTerms, _ contract: Contract, on date: CalendarDate
    ) -> (id: InstrumentID?, conflict: String?) {
        var conflict: String?
        for id in byContract[contractKey(terms, contract)] ?? [] {
            let row = self[id]
            guard let known = row.contract else { continue }
            let sameRoot = known.root == contract.root || known.strike == nil
            if sameRoot && known.agrees(with: contract) { return (id, nil) }
            conflict = "\(terms.symbol) and \(row.symbol) have one underlying, expiry, strike and right but other terms"
        }
        for name in terms.identifiers where name.scheme == .osi {
            if let id = find(.osi, name.value, on: date), self[id].contract?.agrees(with: contract) == true {
                return (id, nil)
            }
        }
        return (nil, conflict)
    }

    private mutating func underlying(
        of terms: InstrumentTerms, _ contract: Contract, on date: CalendarDate
    ) -> InstrumentID? {
        guard terms.kind.isOption else { return nil }
        if terms.kind == .futureOption { return find(.ticker, contract.underlying, on: date) }
        let kind: InstrumentKind = terms.kind == .indexOption ? .index : .equity
        let described = InstrumentTerms(
            kind: kind, kindIsCertain: kind == .index, symbol: contract.underlying, currency: terms.currency,
            listing: terms.listing)
        return resolve(described, on: date).id
    }

    /// Takes over what the description adds; true when the row changed.
    private mutating func amend(_ id: InstrumentID, with terms: InstrumentTerms, on date: CalendarDate) -> Bool {
        var row = self[id]
        let before = row
        if terms.kindIsCertain && !row.terms.kindIsCertain {
            row.terms.kind = terms.kind
            row.terms.kindIsCertain = true
        }
        row.terms.name = row.terms.name ?? terms.name
        if let known = row.contract, let said = terms.contract { row.terms.contract = known.completed(by: said) }
        for name in terms.identifiers
        where !row.terms.identifiers.contains(where: { $0.scheme == name.scheme && $0.value == name.value }) {
            var name = name
            let isRename = row.terms.identifiers.contains { $0.scheme == name.scheme && $0.validThrough == nil }
            if isRename && row.contract != nil {
                for place in row.terms.identifiers.indices
                where row.terms.identifiers[place].scheme == name.scheme
                    && row.terms.identifiers[place].validThrough == nil
                {
                    row.terms.identifiers[place].validThrough = date.adding(days: -1)
                }
                name.validFrom = name.validFrom ?? date
                row.terms.symbol = terms.symbol
                row.terms.contract = terms.contract.map { $0.completed(by: row.contract ?? $0) } ?? row.contract
            }
            row.terms.identifiers.append(name)
        }
        if row.underlying == nil, let contract = row.contract {
            row.underlying = underlying(of: row.terms, contract, on: date)
        }
        guard row != before else { return false }
        touched.insert(id)
        replace(row)
        return true
    }

    /// The rows that were added or changed since the last call, in order of number.
    package mutating func takeChanges() -> [Instrument] {
        defer { touched = [] }
        return touched.sorted().map { self[$0] }
    }

    /// Puts back a row exactly as another process knows it (restored or replicated).
    package mutating func install(_ row: Instrument) throws(MasterError) {
        if contains(row.id) { return replace(row) }
        guard row.id.index == instruments.count else { throw .gap(expected: instruments.count + 1, found: row.id) }
        instruments.append(row)
        index(row)
    }

    private mutating func replace(_ row: Instrument) {
        instruments[row.id.index] = row
        index(row)
    }

    private mutating func index(_ row: Instrument) {
        if let contract = row.contract {
            let key = contractKey(row.terms, contract)
            if byContract[key]?.contains(row.id) != true { byContract[key, default: []].append(row.id) }
        } else {
            bySecurity[securityKey(row.terms)] = row.id
        }
        let names = row.terms.identifiers.map { NameKey(scheme: $0.scheme, value: $0.value) }
        for key in names + [NameKey(scheme: .ticker, value: row.symbol)]
        where byName[key]?.contains(row.id) != true {
            byName[key, default: []].append(row.id)
        }
    }

    private func securityKey(_ terms: InstrumentTerms) -> SecurityKey {
        SecurityKey(
            family: terms.kind.isSecurity ? "security" : terms.kind.rawValue, symbol: terms.symbol,
            listing: terms.listing, currency: terms.currency)
    }

    private func contractKey(_ terms: InstrumentTerms, _ contract: Contract) -> ContractKey {
        ContractKey(
            underlying: contract.underlying, expiry: contract.expiry, strike: contract.strike, right: contract.right,
            currency: terms.currency)
    }
}

/// Why the master refused.
package enum MasterError: Error, Sendable, Equatable {
    case unknown(InstrumentID)
    case taken(by: InstrumentID)
    case gap(expected: Int, found: InstrumentID)
}
