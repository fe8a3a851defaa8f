import PortfolioModel

/// Gathers the events of one batch of frames; of several about one instrument the last of each kind stays.
struct MarketAccumulator {
    private(set) var batch: MarketBatch
    private var quotes: [MarketHandle: Int] = [:]
    private var trades: [MarketHandle: Int] = [:]
    private var summaries: [MarketHandle: Int] = [:]
    private var greeks: [MarketHandle: Int] = [:]
    private var profiles: [MarketHandle: Int] = [:]
    /// Symbols that spoke.
    private(set) var symbols: Set<String> = []

    init(source: BrokerID, receivedAt: Timestamp) { batch = MarketBatch(source: source, receivedAt: receivedAt) }

    /// Adds one row for every instrument that goes by its symbol.
    mutating func add(_ row: FeedRow, _ type: FeedEventType, symbol: String, handles: [MarketHandle]) {
        symbols.insert(symbol)
        for handle in handles {
            switch type {
            case .quote: Self.put(Self.quote(row, handle), handle, &batch.quotes, &quotes)
            case .trade: Self.put(Self.trade(row, handle), handle, &batch.trades, &trades)
            case .summary: Self.put(Self.summary(row, handle), handle, &batch.summaries, &summaries)
            case .greeks: Self.put(Self.greeks(row, handle), handle, &batch.greeks, &greeks)
            case .profile: Self.put(Self.profile(row, handle), handle, &batch.profiles, &profiles)
            }
        }
    }

    private static func put<Event>(
        _ event: Event, _ handle: MarketHandle, _ events: inout [Event], _ places: inout [MarketHandle: Int]
    ) {
        if let place = places[handle] {
            events[place] = event
        } else {
            places[handle] = events.count
            events.append(event)
        }
    }

    private static func quote(_ row: FeedRow, _ handle: MarketHandle) -> QuoteEvent {
        QuoteEvent(
            instrument: handle, bid: row.decimal(.bidPrice), ask: row.decimal(.askPrice),
            bidSize: row.decimal(.bidSize), askSize: row.decimal(.askSize))
    }

    private static func trade(_ row: FeedRow, _ handle: MarketHandle) -> TradeEvent {
        let milliseconds = row.whole(.time)
        return TradeEvent(
            instrument: handle, price: row.decimal(.price), size: row.decimal(.size),
            time: milliseconds > 0 ? Timestamp(milliseconds: milliseconds) : nil)
    }

    /// A closing price that the feed calls indicative or preliminary is not the official one.
    private static func summary(_ row: FeedRow, _ handle: MarketHandle) -> SummaryEvent {
        let isOfficial = row.closeType.map { $0 == "REGULAR" || $0 == "FINAL" } ?? true
        return SummaryEvent(
            instrument: handle, open: row.decimal(.dayOpenPrice), high: row.decimal(.dayHighPrice),
            low: row.decimal(.dayLowPrice), close: isOfficial ? row.decimal(.dayClosePrice) : .absent,
            previousClose: row.decimal(.prevDayClosePrice), openInterest: row.whole(.openInterest))
    }

    private static func greeks(_ row: FeedRow, _ handle: MarketHandle) -> GreeksEvent {
        GreeksEvent(
            instrument: handle, price: row.double(.price), volatility: row.double(.volatility),
            delta: row.double(.delta), gamma: row.double(.gamma), theta: row.double(.theta), vega: row.double(.vega),
            rho: row.double(.rho))
    }

    private static func profile(_ row: FeedRow, _ handle: MarketHandle) -> ProfileEvent {
        let day = row.whole(.exDividendDayId)
        return ProfileEvent(
            instrument: handle, isHalted: row.tradingStatus == "HALTED", beta: row.optional(.beta),
            dividendAmount: row.optional(.exDividendAmount),
            exDividendDate: (1...1_000_000).contains(day) ? CalendarDate(dayNumber: Int(day)) : nil)
    }
}
