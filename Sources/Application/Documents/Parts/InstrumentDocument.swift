import PortfolioModel

/// What an instrument is, with the contract terms of derivatives; null where a term does not apply or is not known.
struct InstrumentDocument: Codable, Sendable, Equatable {
    struct DeliverableItem: Codable, Sendable, Equatable {
        var symbol: String
        var amount: FixedDecimal
        var isCash: Bool
    }

    var id: UInt32
    var kind: InstrumentKind
    var symbol: String
    @ExplicitNull var osi: String?
    @ExplicitNull var isin: String?
    @ExplicitNull var underlying: String?
    @ExplicitNull var expiry: CalendarDate?
    @ExplicitNull var strike: FixedDecimal?
    @ExplicitNull var right: OptionRight?
    @ExplicitNull var exerciseStyle: ExerciseStyle?
    /// `cash`, `physical`, with `-am` for the morning print.
    @ExplicitNull var settlement: String?
    /// Currency per 1.00 of quoted price per unit of quantity.
    var multiplier: FixedDecimal
    /// What one contract delivers; empty when nothing is delivered, and for what is not a derivative.
    var deliverable: [DeliverableItem]
    var lotSize: FixedDecimal
    var currency: Currency

    init(_ instrument: Instrument, underlying: Instrument?) {
        let contract = instrument.contract
        id = instrument.id.raw
        kind = instrument.kind
        symbol = instrument.symbol
        osi = instrument.identifier(.osi)
        isin = instrument.identifier(.isin)
        self.underlying = underlying?.symbol ?? contract?.underlying
        expiry = contract?.expiry
        strike = contract?.strike
        right = contract?.right
        exerciseStyle = contract?.exerciseStyle
        settlement = contract?.settlement?.description
        multiplier = instrument.multiplier
        deliverable = (contract?.deliverables ?? []).map {
            DeliverableItem(symbol: $0.symbol, amount: $0.amount, isCash: $0.isCash)
        }
        lotSize = contract?.lotSize ?? .one
        currency = instrument.currency
    }
}
