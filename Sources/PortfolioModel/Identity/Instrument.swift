/// The master's own dense number of an instrument, from 1, never reused. Everything inside the service is keyed on it.
package struct InstrumentID: Hashable, Sendable, Comparable, Codable {
    package let raw: UInt32
    package init(raw: UInt32) { self.raw = raw }
    package static func < (left: InstrumentID, right: InstrumentID) -> Bool { left.raw < right.raw }
    /// Position in arrays indexed by instrument.
    package var index: Int { Int(raw) - 1 }
}

/// What a source says of an instrument, before the master decides which one it is.
package struct InstrumentTerms: Sendable, Hashable, Codable {
    package var kind: InstrumentKind
    /// A source that cannot tell a share from an ETF or a fund says so; a source that can overrules it.
    package var kindIsCertain: Bool
    /// The symbol a person knows: ticker, OSI symbol, `/ESZ6`, CUSIP where there is nothing else.
    package var symbol: String
    package var currency: Currency
    /// Exchange or composite (`US`), so that one ISIN's listings stay apart.
    package var listing: String
    package var name: String?
    package var contract: Contract?
    package var identifiers: [Identifier]

    package init(
        kind: InstrumentKind, kindIsCertain: Bool = true, symbol: String, currency: Currency = .usd,
        listing: String = "US", name: String? = nil, contract: Contract? = nil, identifiers: [Identifier] = []
    ) {
        self.kind = kind
        self.kindIsCertain = kindIsCertain
        self.symbol = symbol
        self.currency = currency
        self.listing = listing
        self.name = name
        self.contract = contract
        self.identifiers = identifiers
    }
}

/// One row of the universal instrument master.
package struct Instrument: Sendable, Hashable, Codable {
    package let id: InstrumentID
    package var terms: InstrumentTerms
    /// The underlying's own row, for derivatives.
    package var underlying: InstrumentID?

    package init(id: InstrumentID, terms: InstrumentTerms, underlying: InstrumentID?) {
        self.id = id
        self.terms = terms
        self.underlying = underlying
    }

    package var kind: InstrumentKind { terms.kind }
    package var symbol: String { terms.symbol }
    package var currency: Currency { terms.currency }
    package var contract: Contract? { terms.contract }
    /// Currency per 1.00 of quoted price per unit; 1 for anything that is not a derivative.
    package var multiplier: FixedDecimal { terms.contract?.premiumMultiplier ?? .one }

    package func identifier(_ scheme: Identifier.Scheme) -> String? {
        terms.identifiers.last { $0.scheme == scheme && $0.validThrough == nil }?.value
            ?? terms.identifiers.last { $0.scheme == scheme }?.value
    }
}
