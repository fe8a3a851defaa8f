/// The latest the feeds said of one instrument. Memory is one of these per instrument, whatever the tick rate.
///
/// Prices stand here as they came, 64 bits each, and are decimals for who reads them: a row of a large book is rarely
/// in the cache, and half as large it comes in half the time.
package struct InstrumentMarket: Sendable, Hashable, Codable {
    package struct Quote: Sendable, Hashable, Codable {
        package let wireBid: WireDecimal
        package let wireAsk: WireDecimal
        package let at: Timestamp

        package var bid: FixedDecimal? { wireBid.value }
        package var ask: FixedDecimal? { wireAsk.value }

        package init(bid: WireDecimal, ask: WireDecimal, at: Timestamp) {
            (wireBid, wireAsk, self.at) = (bid, ask, at)
        }

        package init(bid: FixedDecimal?, ask: FixedDecimal?, at: Timestamp) {
            self.init(bid: WireDecimal(bid), ask: WireDecimal(ask), at: at)
        }
    }
    package struct Last: Sendable, Hashable, Codable {
        package let wirePrice: Int64
        /// Exchange time where stated, else time of receipt.
        package let at: Timestamp
        /// Whether the exchange stated the time.
        package let isStated: Bool

        package var price: FixedDecimal { FixedDecimal(raw64: wirePrice) }

        /// nil when the price is absent.
        package init?(price: WireDecimal, at: Timestamp, isStated: Bool = false) {
            if price.isAbsent { return nil }
            (wirePrice, self.at, self.isStated) = (price.raw, at, isStated)
        }
    }
    package struct Greeks: Sendable, Hashable, Codable {
        package var event: GreeksEvent
        package var at: Timestamp

        package init(event: GreeksEvent, at: Timestamp) {
            (self.event, self.at) = (event, at)
        }
    }

    // In this order, what a mark needs stands in one cache line and Greeks in the next.
    package var quote: Quote?
    package var last: Last?
    /// Whether the feed is connected and speaking; false turns everything here stale.
    package var isLive = false
    package private(set) var wirePreviousClose = WireDecimal.absent
    package var updatedAt: Timestamp?
    /// The broker whose feed this is.
    package var source: BrokerID?
    package var greeks: Greeks?
    package private(set) var wireClose = WireDecimal.absent
    package var profile: ProfileEvent?

    package init() {}

    /// Official close of the present session, once there is one.
    package var close: FixedDecimal? {
        get { wireClose.value }
        set { wireClose = WireDecimal(newValue) }
    }

    package var previousClose: FixedDecimal? {
        get { wirePreviousClose.value }
        set { wirePreviousClose = WireDecimal(newValue) }
    }

    /// A summary's closes; one that states no previous close leaves the one held.
    mutating func take(_ event: SummaryEvent) {
        wireClose = event.close
        if !event.previousClose.isAbsent { wirePreviousClose = event.previousClose }
    }
}

/// All instruments' markets, indexed by instrument number.
package struct MarketTable: Sendable {
    /// By the instrument's place; one that no feed has spoken of may be beyond the end.
    package private(set) var rows: [InstrumentMarket] = []
    /// What `readAhead` found; kept, so that its reading is not left out as useless.
    private var wordsRead = 0

    package init() {}

    package subscript(id: InstrumentID) -> InstrumentMarket {
        id.index < rows.count ? rows[id.index] : InstrumentMarket()
    }

    package mutating func set(_ market: InstrumentMarket, for id: InstrumentID) {
        grow(to: id.raw)
        rows[id.index] = market
    }

    /// Applies one batch; the newest value of each kind wins. Handles outside the master's range are passed over.
    package mutating func apply(_ batch: MarketBatch, instrumentCount: Int) {
        let at = batch.receivedAt
        wordsRead &+= readAhead(batch)
        for event in batch.quotes where touch(event.instrument, batch, instrumentCount) {
            rows[Int(event.instrument) - 1].quote = .init(bid: event.bid, ask: event.ask, at: at)
        }
        for event in batch.trades where touch(event.instrument, batch, instrumentCount) {
            let time = event.time
            guard let last = InstrumentMarket.Last(price: event.price, at: time ?? at, isStated: time != nil) else {
                continue
            }
            // A trade told late must not replace a later one.
            if let time, let held = rows[Int(event.instrument) - 1].last, held.isStated, time < held.at { continue }
            rows[Int(event.instrument) - 1].last = last
        }
        for event in batch.summaries where touch(event.instrument, batch, instrumentCount) {
            rows[Int(event.instrument) - 1].take(event)
        }
        for event in batch.greeks where touch(event.instrument, batch, instrumentCount) {
            rows[Int(event.instrument) - 1].greeks = .init(event: event, at: at)
        }
        for event in batch.profiles where touch(event.instrument, batch, instrumentCount) {
            rows[Int(event.instrument) - 1].profile = event
        }
    }

    /// Marks everything a feed said as no longer live.
    package mutating func markSilent(_ source: BrokerID) {
        for index in rows.indices where rows[index].source == source { rows[index].isLive = false }
    }

    /// Reads a word of each cache line that the batch's quotes and Greeks are about to write: in a loop this short the
    /// processor waits for many lines at once, while writing row after row waits for one after the other
    /// (docs/performance.md, a batch on the large book).
    private func readAhead(_ batch: MarketBatch) -> Int {
        let rows = rows.span
        var words = 0
        for event in batch.quotes where event.instrument >= 1 && event.instrument <= rows.count {
            let place = Int(event.instrument) - 1
            words &+= rows[place].isLive ? 1 : 0
            words &+= Int(rows[place].wirePreviousClose.raw) &+ Int(rows[place].wireClose.raw)
            if let greeks = rows[place].greeks { words &+= Int(truncatingIfNeeded: greeks.event.delta.bitPattern) }
        }
        return words
    }

    private mutating func touch(_ handle: MarketHandle, _ batch: MarketBatch, _ count: Int) -> Bool {
        guard handle >= 1, handle <= count else { return false }
        grow(to: handle)
        // The same name is not counted anew.
        if rows[Int(handle) - 1].source != batch.source { rows[Int(handle) - 1].source = batch.source }
        rows[Int(handle) - 1].isLive = true
        rows[Int(handle) - 1].updatedAt = batch.receivedAt
        return true
    }

    private mutating func grow(to handle: MarketHandle) {
        while rows.count < Int(handle) { rows.append(InstrumentMarket()) }
    }
}
