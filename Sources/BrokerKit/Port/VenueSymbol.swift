package import PortfolioModel

/// A name in a venue's own words. It never leaves the broker's module except to be resolved by the supervisor.
package struct VenueSymbol: Hashable, Sendable, CustomStringConvertible, Codable {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var description: String { text }
}

/// An instrument as a venue describes it: its symbol and whatever the venue said beside it. A field not stated is nil.
package struct VenueInstrument: Sendable, Hashable, Codable {
    package var symbol: VenueSymbol
    /// The venue's word: `Equity Option`, `Future`.
    package var type: String?
    package var underlying: String?
    package var root: String?
    /// The market-data feed's name of it.
    package var streamerSymbol: String?
    package var multiplier: FixedDecimal?
    package var deliverables: [Deliverable]?
    package var exerciseStyle: ExerciseStyle?
    package var settlement: Settlement?
    package var expiry: CalendarDate?
    package var cusip: String?
    package var name: String?
    /// Whether the venue says that the security is an ETF, a fund or an index; nil when it does not say.
    package var securityKind: InstrumentKind?

    package init(symbol: VenueSymbol, type: String? = nil) {
        self.symbol = symbol
        self.type = type
    }
}

/// A venue's words could not be turned into terms, or the other way.
package struct SymbologyError: Error, Sendable, Equatable, CustomStringConvertible {
    package var symbol: String
    package var reason: String

    package init(symbol: String, reason: String) {
        self.symbol = symbol
        self.reason = reason
    }

    package var description: String { "\(symbol): \(reason)" }
}

/// Pure functions between one venue's symbols and instruments. The supervisor calls them; it alone decides that two
/// records are one instrument.
package protocol Symbology: Sendable {
    func terms(of instrument: VenueInstrument) throws(SymbologyError) -> InstrumentTerms
    /// The name under which this venue's feed prices an instrument; nil when it cannot.
    func marketDataSymbol(of instrument: Instrument, underlying: Instrument?) -> VenueSymbol?
}
