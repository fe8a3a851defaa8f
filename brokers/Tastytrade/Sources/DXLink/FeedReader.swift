package import PortfolioModel

/// What a feed's frames say of the market, batch by batch: the fast path where it is certain, the slow one else.
package struct FeedReader: Sendable {
    private var slow = FeedDecoder()
    private var fast = FastFeedDecoder()
    private var gathered: MarketAccumulator

    package init(source: BrokerID) {
        gathered = MarketAccumulator(source: source, receivedAt: Timestamp(microseconds: 0))
    }

    /// How many of the symbols wanted spoke since `forgetHeard`.
    package var heardCount: Int { gathered.heardCount }
    /// Rows in the frame that `scan` took.
    package var scannedRows: Int { fast.rows.count }

    /// Which instruments go by a symbol. Begins a new batch.
    package mutating func want(_ handles: [String: [MarketHandle]]) {
        let symbols = SymbolTable(handles)
        gathered.renumber(from: slow.symbols, to: symbols)
        slow.symbols = symbols
    }

    /// Takes over the layouts that a FEED_CONFIG states; the others stay.
    package mutating func configure(_ eventFields: [String: [String]]) {
        slow.configure(eventFields)
        fast.compile(slow.layouts)
    }

    /// Forgets what was negotiated: a new channel starts from the request.
    package mutating func resetLayouts() {
        slow.resetLayouts()
        fast.compile(slow.layouts)
    }

    package mutating func forgetHeard() { gathered.forgetHeard() }

    package mutating func begin(receivedAt: Timestamp) { gathered.begin(receivedAt: receivedAt) }

    /// Reads a FEED_DATA frame by the fast path and returns its channel; nil when that path does not take it. Its rows
    /// join the batch by `keep`, if the channel is one to listen to.
    package mutating func scan(_ frame: [UInt8]) -> Int? { fast.scan(frame, slow.symbols) }

    /// Adds what `scan` read to the batch.
    package mutating func keep() { gathered.add(fast, slow.symbols) }

    /// Reads a frame's `data` array by the slow path and returns how many rows could not be read.
    mutating func decode(_ frame: [UInt8], in range: Range<Int>) throws(JSONError) -> Int {
        try slow.decode(frame, in: range, into: &gathered)
    }

    /// The batch as gathered since `begin`.
    package var batch: MarketBatch { gathered.batch }
}
