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

    /// Notes that a feed spoke of the instrument. The same name is not counted anew.
    @inline(__always)
    mutating func note(_ source: BrokerID, at: Timestamp) {
        if self.source?.name != source.name { self.source = source }
        isLive = true
        updatedAt = at
    }

    /// A trade's price, unless there is none; one told late does not replace a later one.
    mutating func take(_ event: TradeEvent, at: Timestamp) {
        let time = event.time
        guard let new = Last(price: event.price, at: time ?? at, isStated: time != nil) else { return }
        if let time, let last, last.isStated, time < last.at { return }
        last = new
    }

    /// A summary's closes; one that states no previous close leaves the one held.
    mutating func take(_ event: SummaryEvent) {
        wireClose = event.close
        if !event.previousClose.isAbsent { wirePreviousClose = event.previousClose }
    }
}
