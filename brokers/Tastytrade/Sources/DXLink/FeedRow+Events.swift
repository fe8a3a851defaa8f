import PortfolioModel

/// What a row says, as the event of its type.
extension FeedRow {
    func quote(_ handle: MarketHandle) -> QuoteEvent {
        QuoteEvent(
            instrument: handle, bid: decimal(.bidPrice), ask: decimal(.askPrice), bidSize: decimal(.bidSize),
            askSize: decimal(.askSize))
    }

    func trade(_ handle: MarketHandle) -> TradeEvent {
        let milliseconds = whole(.time)
        return TradeEvent(
            instrument: handle, price: decimal(.price), size: decimal(.size),
            time: milliseconds > 0 ? Timestamp(milliseconds: milliseconds) : nil)
    }

    /// A closing price that the feed calls indicative or preliminary is not the official one.
    func summary(_ handle: MarketHandle) -> SummaryEvent {
        let isOfficial = closeType.map { $0 == "REGULAR" || $0 == "FINAL" } ?? true
        return SummaryEvent(
            instrument: handle, open: decimal(.dayOpenPrice), high: decimal(.dayHighPrice),
            low: decimal(.dayLowPrice), close: isOfficial ? decimal(.dayClosePrice) : .absent,
            previousClose: decimal(.prevDayClosePrice), openInterest: whole(.openInterest))
    }

    func greeks(_ handle: MarketHandle) -> GreeksEvent {
        GreeksEvent(
            instrument: handle, price: double(.price), volatility: double(.volatility), delta: double(.delta),
            gamma: double(.gamma), theta: double(.theta), vega: double(.vega), rho: double(.rho))
    }

    func profile(_ handle: MarketHandle) -> ProfileEvent {
        let day = whole(.exDividendDayId)
        return ProfileEvent(
            instrument: handle, isHalted: tradingStatus == "HALTED", beta: optional(.beta),
            dividendAmount: optional(.exDividendAmount),
            exDividendDate: (1...1_000_000).contains(day) ? CalendarDate(dayNumber: Int(day)) : nil)
    }
}
