/// The latest the feeds said of one instrument, as `MarketTable` gives it out; of each it keeps a `MarketLine`,
/// whatever the tick rate. Prices stand here as they came, 64 bits each, and are decimals for who reads them.
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

    package var quote: Quote?
    package var last: Last?
    /// Whether the feed is connected and speaking; false turns everything here stale.
    package var isLive = false
    package internal(set) var wirePreviousClose = WireDecimal.absent
    package var updatedAt: Timestamp?
    /// The broker whose feed this is.
    package var source: BrokerID?
    package var greeks: Greeks?
    package internal(set) var wireClose = WireDecimal.absent
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
}
