import PortfolioModel

/// `instruments --json`: the instrument master with every name that somebody uses.
struct InstrumentsDocument: Document {
    static let schemaName = "tributary.instruments/1"

    struct IdentifierItem: Codable, Sendable, Equatable {
        var scheme: String
        var value: String
        @ExplicitNull var validFrom: CalendarDate?
        @ExplicitNull var validThrough: CalendarDate?
    }

    struct Row: Codable, Sendable, Equatable {
        var instrument: InstrumentDocument
        @ExplicitNull var name: String?
        var listing: String
        /// False while only sources spoke that cannot tell a share from an ETF or a fund.
        var kindIsCertain: Bool
        var identifiers: [IdentifierItem]
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var instruments: [Row]

    init(master: InstrumentMaster, sequence: UInt64, asOf: Timestamp) {
        self.sequence = sequence
        self.asOf = asOf
        instruments = master.instruments.map { instrument in
            let underlying = instrument.underlying.flatMap { master.contains($0) ? master[$0] : nil }
            return Row(
                instrument: InstrumentDocument(instrument, underlying: underlying), name: instrument.terms.name,
                listing: instrument.terms.listing, kindIsCertain: instrument.terms.kindIsCertain,
                identifiers: instrument.terms.identifiers.map {
                    IdentifierItem(
                        scheme: $0.scheme.rawValue, value: $0.value, validFrom: $0.validFrom,
                        validThrough: $0.validThrough)
                })
        }
    }
}
