/// The instrument a market event is about, as the supervisor numbered it in its request: an `InstrumentID`'s raw value.
package typealias MarketHandle = UInt32

/// Best bid and ask.
package struct QuoteEvent: Sendable, Hashable, Codable {
    package var instrument: MarketHandle
    package var bid: WireDecimal
    package var ask: WireDecimal
    package var bidSize: WireDecimal
    package var askSize: WireDecimal

    package init(
        instrument: MarketHandle, bid: WireDecimal, ask: WireDecimal, bidSize: WireDecimal = .absent,
        askSize: WireDecimal = .absent
    ) {
        (self.instrument, self.bid, self.ask, self.bidSize, self.askSize) = (instrument, bid, ask, bidSize, askSize)
    }
}

/// Last trade.
package struct TradeEvent: Sendable, Hashable, Codable {
    package var instrument: MarketHandle
    package var price: WireDecimal
    package var size: WireDecimal
    /// Exchange time; nil when the feed stated none.
    package var time: Timestamp?

    package init(instrument: MarketHandle, price: WireDecimal, size: WireDecimal = .absent, time: Timestamp? = nil) {
        (self.instrument, self.price, self.size, self.time) = (instrument, price, size, time)
    }
}

/// The session's figures and the previous close.
package struct SummaryEvent: Sendable, Hashable, Codable {
    package var instrument: MarketHandle
    package var open: WireDecimal
    package var high: WireDecimal
    package var low: WireDecimal
    /// Present only after the close.
    package var close: WireDecimal
    package var previousClose: WireDecimal
    package var openInterest: Int64

    package init(
        instrument: MarketHandle, open: WireDecimal = .absent, high: WireDecimal = .absent, low: WireDecimal = .absent,
        close: WireDecimal = .absent, previousClose: WireDecimal = .absent, openInterest: Int64 = 0
    ) {
        (self.instrument, self.open, self.high, self.low) = (instrument, open, high, low)
        (self.close, self.previousClose, self.openInterest) = (close, previousClose, openInterest)
    }
}

/// Unit Greeks of a feed, in domain units: delta, gamma per 1.00 of underlying; theta per calendar day; vega per
/// volatility point; rho per rate point; volatility as a fraction. NaN where the feed stated none.
package struct GreeksEvent: Sendable, Hashable, Codable {
    package var instrument: MarketHandle
    package var price: Double
    package var volatility: Double
    package var delta: Double
    package var gamma: Double
    package var theta: Double
    package var vega: Double
    package var rho: Double

    package init(
        instrument: MarketHandle, price: Double, volatility: Double, delta: Double, gamma: Double, theta: Double,
        vega: Double, rho: Double
    ) {
        (self.instrument, self.price, self.volatility) = (instrument, price, volatility)
        (self.delta, self.gamma, self.theta, self.vega, self.rho) = (delta, gamma, theta, vega, rho)
    }
}

/// Descriptive figures of an instrument that change rarely.
package struct ProfileEvent: Sendable, Hashable, Codable {
    package var instrument: MarketHandle
    package var isHalted: Bool
    package var beta: Double?
    package var dividendAmount: Double?
    package var exDividendDate: CalendarDate?

    package init(
        instrument: MarketHandle, isHalted: Bool = false, beta: Double? = nil, dividendAmount: Double? = nil,
        exDividendDate: CalendarDate? = nil
    ) {
        (self.instrument, self.isHalted, self.beta) = (instrument, isHalted, beta)
        (self.dividendAmount, self.exDividendDate) = (dividendAmount, exDividendDate)
    }
}

/// Everything one frame said: one array a kind, handed over in one call.
package struct MarketBatch: Sendable, Hashable, Codable {
    package var source: BrokerID
    package var receivedAt: Timestamp
    package var quotes: [QuoteEvent] = []
    package var trades: [TradeEvent] = []
    package var summaries: [SummaryEvent] = []
    package var greeks: [GreeksEvent] = []
    package var profiles: [ProfileEvent] = []

    package init(source: BrokerID, receivedAt: Timestamp) {
        self.source = source
        self.receivedAt = receivedAt
    }

    package var count: Int { quotes.count + trades.count + summaries.count + greeks.count + profiles.count }
    package var isEmpty: Bool { count == 0 }
}
