/// All instruments' markets, indexed by instrument number.
package struct MarketTable: Sendable {
    /// What is said rarely.
    private struct Rarely: Sendable {
        var close = WireDecimal.absent
        var profile: ProfileEvent?
        /// When the feed began to speak of it, at the start or after a silence.
        var liveSince: Timestamp?
    }

    /// By the instrument's place; one that no feed has spoken of may be beyond the end.
    package private(set) var lines: [MarketLine] = []
    private var rarely: [Rarely] = []
    /// The brokers whose feeds have spoken, by the place that lines know them by.
    private var sources: [BrokerID] = []

    package init() {}

    package subscript(id: InstrumentID) -> InstrumentMarket {
        var market = InstrumentMarket()
        guard id.index < lines.count else { return market }
        lines[id.index].fill(&market, id.raw, sources: sources)
        market.wireClose = rarely[id.index].close
        market.profile = rarely[id.index].profile
        return market
    }

    /// When the feed that an instrument is live from began to speak of it; nil where that was not seen.
    package func liveSince(_ id: InstrumentID) -> Timestamp? {
        id.index < lines.count && lines[id.index].isLive ? rarely[id.index].liveSince : nil
    }

    package mutating func set(_ market: InstrumentMarket, for id: InstrumentID) {
        grow(to: id.raw)
        lines[id.index] = MarketLine(market, source: market.source.map { place(of: $0) })
        rarely[id.index] = Rarely(close: market.wireClose, profile: market.profile)
    }

    /// Applies one batch; the newest value of each kind wins. Handles outside the master's range are passed over.
    package mutating func apply(_ batch: MarketBatch, instrumentCount: Int) {
        let at = batch.receivedAt
        let source = place(of: batch.source)
        for event in batch.quotes { fetch(event.instrument) }
        for event in batch.quotes {
            guard reach(event.instrument, source, at, instrumentCount) else { continue }
            lines[Int(event.instrument) - 1].take(event, at: at)
        }
        for event in batch.trades {
            guard reach(event.instrument, source, at, instrumentCount) else { continue }
            lines[Int(event.instrument) - 1].take(event, at: at)
        }
        for event in batch.summaries {
            guard reach(event.instrument, source, at, instrumentCount) else { continue }
            lines[Int(event.instrument) - 1].take(event)
            rarely[Int(event.instrument) - 1].close = event.close
        }
        for event in batch.greeks {
            guard reach(event.instrument, source, at, instrumentCount) else { continue }
            lines[Int(event.instrument) - 1].take(event, at: at)
        }
        for event in batch.profiles {
            guard reach(event.instrument, source, at, instrumentCount) else { continue }
            rarely[Int(event.instrument) - 1].profile = event
        }
    }

    /// Marks everything a feed said as no longer live.
    package mutating func markSilent(_ source: BrokerID) {
        let place = place(of: source)
        for index in lines.indices where lines[index].isFrom(source: place) { lines[index].isLive = false }
    }

    /// Notes that a feed speaks of an instrument; false for a handle outside the master's range.
    @inline(__always)
    private mutating func reach(_ handle: MarketHandle, _ source: UInt16, _ at: Timestamp, _ count: Int) -> Bool {
        guard handle >= 1, handle <= count else { return false }
        grow(to: handle)
        let place = Int(handle) - 1
        if lines[place].note(source: source, at: at) { rarely[place].liveSince = at }
        return true
    }

    /// Asks for an instrument's line before it is needed.
    @inline(__always)
    private func fetch(_ handle: MarketHandle) { lines.span.fetch(Int(handle) - 1) }

    /// Brokers are few: a list is searched faster than it is hashed.
    private mutating func place(of source: BrokerID) -> UInt16 {
        if let place = sources.firstIndex(of: source) { return UInt16(place) }
        sources.append(source)
        return UInt16(sources.count - 1)
    }

    private mutating func grow(to handle: MarketHandle) {
        while lines.count < Int(handle) {
            lines.append(MarketLine())
            rarely.append(Rarely())
        }
    }
}
