/// The latest the feeds said of one instrument. Memory is one of these per instrument, whatever the tick rate.
package struct InstrumentMarket: Sendable, Hashable, Codable {
    package struct Quote: Sendable, Hashable, Codable {
        package var bid: FixedDecimal?
        package var ask: FixedDecimal?
        package var at: Timestamp

        package init(bid: FixedDecimal?, ask: FixedDecimal?, at: Timestamp) {
            (self.bid, self.ask, self.at) = (bid, ask, at)
        }
    }
    package struct Last: Sendable, Hashable, Codable {
        package var price: FixedDecimal
        /// Exchange time where stated, else time of receipt.
        package var at: Timestamp
        /// Whether the exchange stated the time.
        package var isStated: Bool

        package init(price: FixedDecimal, at: Timestamp, isStated: Bool = false) {
            (self.price, self.at, self.isStated) = (price, at, isStated)
        }
    }
    package struct Greeks: Sendable, Hashable, Codable {
        package var event: GreeksEvent
        package var at: Timestamp

        package init(event: GreeksEvent, at: Timestamp) {
            (self.event, self.at) = (event, at)
        }
    }

    package var quote: Quote?
    package var last: Last?
    /// Official close of the present session, once there is one.
    package var close: FixedDecimal?
    package var previousClose: FixedDecimal?
    package var greeks: Greeks?
    package var profile: ProfileEvent?
    /// The broker whose feed this is.
    package var source: BrokerID?
    /// Whether that feed is connected and speaking; false turns everything here stale.
    package var isLive = false
    package var updatedAt: Timestamp?

    package init() {}
}

/// All instruments' markets, indexed by instrument number.
package struct MarketTable: Sendable {
    /// By the instrument's place; one that no feed has spoken of may be beyond the end.
    package private(set) var rows: [InstrumentMarket] = []

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
        for event in batch.quotes where touch(event.instrument, batch, instrumentCount) {
            rows[Int(event.instrument) - 1].quote = .init(bid: event.bid.value, ask: event.ask.value, at: at)
        }
        for event in batch.trades where touch(event.instrument, batch, instrumentCount) {
            guard let price = event.price.value else { continue }
            let held = rows[Int(event.instrument) - 1].last
            // A trade told late must not replace a later one.
            if let time = event.time, let held, held.isStated, time < held.at { continue }
            rows[Int(event.instrument) - 1].last = .init(
                price: price, at: event.time ?? at, isStated: event.time != nil)
        }
        for event in batch.summaries where touch(event.instrument, batch, instrumentCount) {
            rows[Int(event.instrument) - 1].close = event.close.value
            if let close = event.previousClose.value { rows[Int(event.instrument) - 1].previousClose = close }
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

    private mutating func touch(_ handle: MarketHandle, _ batch: MarketBatch, _ count: Int) -> Bool {
        guard handle >= 1, handle <= count else { return false }
        grow(to: handle)
        rows[Int(handle) - 1].source = batch.source
        rows[Int(handle) - 1].isLive = true
        rows[Int(handle) - 1].updatedAt = batch.receivedAt
        return true
    }

    private mutating func grow(to handle: MarketHandle) {
        while rows.count < Int(handle) { rows.append(InstrumentMarket()) }
    }
}
