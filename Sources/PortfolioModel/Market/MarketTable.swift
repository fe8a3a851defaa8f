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
        for event in batch.quotes {
            update(event.instrument, batch, instrumentCount) {
                $0.quote = .init(bid: event.bid, ask: event.ask, at: at)
            }
        }
        for event in batch.trades { update(event.instrument, batch, instrumentCount) { $0.take(event, at: at) } }
        for event in batch.summaries { update(event.instrument, batch, instrumentCount) { $0.take(event) } }
        for event in batch.greeks {
            update(event.instrument, batch, instrumentCount) { $0.greeks = .init(event: event, at: at) }
        }
        for event in batch.profiles { update(event.instrument, batch, instrumentCount) { $0.profile = event } }
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

    /// Changes an instrument's row and notes who spoke of it; a handle outside the master's range is passed over.
    @inline(__always)
    private mutating func update(
        _ handle: MarketHandle, _ batch: MarketBatch, _ count: Int, _ body: (inout InstrumentMarket) -> Void
    ) {
        guard handle >= 1, handle <= count else { return }
        grow(to: handle)
        rows[Int(handle) - 1].note(batch.source, at: batch.receivedAt)
        body(&rows[Int(handle) - 1])
    }

    private mutating func grow(to handle: MarketHandle) {
        while rows.count < Int(handle) { rows.append(InstrumentMarket()) }
    }
}
