import PortfolioModel

/// What valuation needs of an instant, computed once for it: which markets are open, from when trades count, and how
/// old a word may be.
struct QuickMoment: Sendable {
    /// Whose hours an instrument trades in.
    enum Market: Sendable {
        case exchange, night, clock

        init(_ kind: InstrumentKind) {
            self = kind.tradesOvernight ? .night : kind == .crypto ? .clock : .exchange
        }
    }

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

    /// False for markets around the clock: their day is the clock's own.
    func isOpen(_ market: Market) -> Bool {
        switch market {
        case .exchange: isExchangeOpen
        case .night: isNightOpen
        case .clock: false
        }
    }

    /// Whether it is of the present session; in microseconds, as a `MarketLine` states times.
    func isOfSession(_ instant: Int64, _ market: Market) -> Bool {
        instant >= (market == .night ? nightFrom : exchangeFrom).microseconds
    }

    func isFresh(_ instant: Int64) -> Bool { instant >= heardFrom.microseconds }
}
