import PortfolioModel

/// What valuation needs of an instant, computed once for it: which markets are open, from when trades count, and how
/// old a word may be.
struct QuickMoment: Sendable {
    /// Whether the exchange, and the markets around the clock, are open; nothing is valued quickly in a closed one.
    private let isExchangeOpen: Bool
    private let isNightOpen: Bool
    private let exchangeFrom: Timestamp
    private let nightFrom: Timestamp
    private let heardFrom: Timestamp
    /// Raw counts of 1e-8; nil where the limits are out of the ordinary.
    let absoluteSpread: Int64?
    let relativeSpread: FixedDecimal

    init(_ moment: SessionMoment, _ settings: RiskSettings) {
        isExchangeOpen = moment.isOpen(.equity)
        isNightOpen = moment.isOpen(.future)
        exchangeFrom = moment.firstOfSession(.equity)
        nightFrom = moment.firstOfSession(.future)
        let silence = Double(settings.quoteSilence.components.seconds)
        heardFrom = Timestamp(microseconds: moment.now.microseconds - Int64(silence * 1e6))
        absoluteSpread = Int64(exactly: settings.optionSpread.absolute.raw)
        relativeSpread = settings.optionSpread.relative
    }

    /// False for crypto too: its day is the clock's own.
    func isOpen(_ kind: InstrumentKind) -> Bool {
        kind.tradesOvernight ? isNightOpen : kind != .crypto && isExchangeOpen
    }

    func isOfSession(_ instant: Timestamp, _ kind: InstrumentKind) -> Bool {
        instant.microseconds >= (kind.tradesOvernight ? nightFrom : exchangeFrom).microseconds
    }

    func isFresh(_ instant: Timestamp) -> Bool { instant.microseconds >= heardFrom.microseconds }
}
