/// What the feeds said last of one instrument and may say anew at any moment, in numbers alone: 128 bytes, and what a
/// mark needs in the first 56 of them. A large book's lines are rarely in the cache, and a row of optionals was twice
/// as long (docs/performance.md, a batch on the large book).
///
/// Prices are counts of 1e-8 and times microseconds; the smallest integer stands for one that nobody stated.
package struct MarketLine: Sendable {
    package private(set) var bid = Int64.min
    package private(set) var ask = Int64.min
    /// Of the quote; without it there is none.
    package private(set) var quoteAt = Int64.min
    package private(set) var last = Int64.min
    /// Exchange time where stated, else time of receipt.
    package private(set) var lastAt = Int64.min
    package internal(set) var isLive = false
    private var isLastStated = false
    private var hasSource = false
    private var source: UInt16 = 0
    package private(set) var previousClose = Int64.min
    package private(set) var volatility = 0.0
    package private(set) var delta = 0.0
    package private(set) var gamma = 0.0
    package private(set) var theta = 0.0
    package private(set) var vega = 0.0
    package private(set) var rho = 0.0
    /// Of the Greeks; without it there are none.
    package private(set) var greeksAt = Int64.min
    private var modelPrice = 0.0
    private var updatedAt = Int64.min

    init() {}

    /// Notes that a feed, the source of that place, spoke of the instrument; true when it had not been live from it.
    @inline(__always)
    mutating func note(source place: UInt16, at: Timestamp) -> Bool {
        let wasLive = isLive && source == place
        (source, hasSource, isLive) = (place, true, true)
        updatedAt = at.microseconds
        return !wasLive
    }

    func isFrom(source place: UInt16) -> Bool { hasSource && source == place }

    @inline(__always)
    mutating func take(_ event: QuoteEvent, at: Timestamp) {
        (bid, ask, quoteAt) = (event.bid.raw, event.ask.raw, at.microseconds)
    }

    /// A trade's price, unless there is none; one told late does not replace a later one.
    mutating func take(_ event: TradeEvent, at: Timestamp) {
        if event.price.isAbsent { return }
        let time = event.time?.microseconds
        if let time, isLastStated, time < lastAt { return }
        (last, lastAt, isLastStated) = (event.price.raw, time ?? at.microseconds, time != nil)
    }

    /// A summary's previous close; one that states none leaves the one held.
    mutating func take(_ event: SummaryEvent) {
        if !event.previousClose.isAbsent { previousClose = event.previousClose.raw }
    }

    @inline(__always)
    mutating func take(_ event: GreeksEvent, at: Timestamp) {
        (volatility, delta, gamma, theta) = (event.volatility, event.delta, event.gamma, event.theta)
        (vega, rho, modelPrice, greeksAt) = (event.vega, event.rho, event.price, at.microseconds)
    }
}

extension MarketLine {
    /// - Parameter source: the place of the market's, when it has one.
    init(_ market: InstrumentMarket, source: UInt16?) {
        if let quote = market.quote {
            (bid, ask, quoteAt) = (quote.wireBid.raw, quote.wireAsk.raw, quote.at.microseconds)
        }
        if let held = market.last {
            (last, lastAt, isLastStated) = (held.wirePrice, held.at.microseconds, held.isStated)
        }
        if let greeks = market.greeks { take(greeks.event, at: greeks.at) }
        if let source { (self.source, hasSource) = (source, true) }
        isLive = market.isLive
        previousClose = market.wirePreviousClose.raw
        updatedAt = market.updatedAt?.microseconds ?? .min
    }

    /// Puts into a market what stands here. `handle` is the instrument's.
    func fill(_ market: inout InstrumentMarket, _ handle: MarketHandle, sources: [BrokerID]) {
        if let at = Self.time(quoteAt) {
            market.quote = .init(bid: WireDecimal(raw: bid), ask: WireDecimal(raw: ask), at: at)
        }
        if let at = Self.time(lastAt) {
            market.last = .init(price: WireDecimal(raw: last), at: at, isStated: isLastStated)
        }
        if let at = Self.time(greeksAt) {
            let event = GreeksEvent(
                instrument: handle, price: modelPrice, volatility: volatility, delta: delta, gamma: gamma, theta: theta,
                vega: vega, rho: rho)
            market.greeks = .init(event: event, at: at)
        }
        market.isLive = isLive
        market.wirePreviousClose = WireDecimal(raw: previousClose)
        market.updatedAt = Self.time(updatedAt)
        market.source = hasSource ? sources[Int(source)] : nil
    }

    private static func time(_ microseconds: Int64) -> Timestamp? {
        microseconds == .min ? nil : Timestamp(microseconds: microseconds)
    }
}
