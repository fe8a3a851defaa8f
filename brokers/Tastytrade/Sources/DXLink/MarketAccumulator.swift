import PortfolioModel

/// Gathers the events of one batch of frames; of several about one instrument the last of each kind stays. Which
/// instruments and symbols those are is kept by their dense numbers in the `SymbolTable`.
struct MarketAccumulator: Sendable {
    private(set) var batch: MarketBatch
    private var quotes = EventPlaces()
    private var trades = EventPlaces()
    private var summaries = EventPlaces()
    private var greeks = EventPlaces()
    private var profiles = EventPlaces()
    private var round: UInt32 = 1
    /// By symbol number: whether it spoke since `forgetHeard`.
    private var heard: [Bool] = []
    /// How many symbols spoke.
    private(set) var heardCount = 0

    init(source: BrokerID, receivedAt: Timestamp) { batch = MarketBatch(source: source, receivedAt: receivedAt) }

    /// Begins the next batch.
    mutating func begin(receivedAt: Timestamp) {
        batch = MarketBatch(source: batch.source, receivedAt: receivedAt)
        round &+= 1
        if round == 0 {
            (quotes, trades, summaries, greeks, profiles) = (.init(), .init(), .init(), .init(), .init())
            round = 1
        }
    }

    mutating func forgetHeard() { (heard, heardCount) = ([], 0) }

    /// Symbols get other numbers; those that spoke stay so.
    mutating func renumber(from old: SymbolTable, to new: SymbolTable) {
        let names = heard.indices.filter { heard[$0] }.map { old.names[$0] }
        forgetHeard()
        for name in names { if let symbol = new.find(name) { hear(symbol) } }
        (quotes, trades, summaries, greeks, profiles) = (.init(), .init(), .init(), .init(), .init())
        batch = MarketBatch(source: batch.source, receivedAt: batch.receivedAt)
    }

    /// Adds what the fast path read. Rows of symbols nobody asked for are passed over.
    mutating func add(_ decoder: FastFeedDecoder, _ symbols: SymbolTable) {
        let words = decoder.rows.words.span
        reserve(decoder.rows.count, decoder.runs)
        for place in 0..<decoder.rows.count {
            let symbol = FeedSlots(words, at: place &* FeedSlots.count).symbol
            if symbol >= 0 { hear(symbol) }
        }
        var start = 0
        for run in decoder.runs {
            add(words, start..<run.end, run.type, symbols)
            start = run.end
        }
    }

    private mutating func add(
        _ words: Span<Int64>, _ rows: Range<Int>, _ type: FeedEventType, _ symbols: SymbolTable
    ) {
        switch type {
        case .quote:
            Self.each(words, rows, symbols) { quotes.put($0.quote($2), $1, round, &batch.quotes) }
        case .trade:
            Self.each(words, rows, symbols) { trades.put($0.trade($2), $1, round, &batch.trades) }
        case .summary:
            Self.each(words, rows, symbols) { summaries.put($0.summary($2), $1, round, &batch.summaries) }
        case .greeks:
            Self.each(words, rows, symbols) { greeks.put($0.greeks($2), $1, round, &batch.greeks) }
        case .profile:
            Self.each(words, rows, symbols) { profiles.put($0.profile($2), $1, round, &batch.profiles) }
        }
    }

    /// Every row with each target of its symbol and that target's handle.
    @inline(__always)
    private static func each(
        _ words: Span<Int64>, _ rows: Range<Int>, _ symbols: SymbolTable, _ body: (FeedSlots, Int, MarketHandle) -> Void
    ) {
        for place in rows {
            let row = FeedSlots(words, at: place &* FeedSlots.count)
            guard row.symbol >= 0 else { continue }
            for reference in symbols.places(of: row.symbol) {
                let target = symbols.target(at: reference)
                body(row, target, symbols.handles[target])
            }
        }
    }

    /// Room for a frame's rows at once, where growing would allocate three times; a batch that has some grows by
    /// itself.
    private mutating func reserve(_ count: Int, _ runs: [FastFeedDecoder.Run]) {
        guard runs.count == 1 else { return }
        switch runs[0].type {
        case .quote: if batch.quotes.isEmpty { batch.quotes.reserveCapacity(count) }
        case .trade: if batch.trades.isEmpty { batch.trades.reserveCapacity(count) }
        case .summary: if batch.summaries.isEmpty { batch.summaries.reserveCapacity(count) }
        case .greeks: if batch.greeks.isEmpty { batch.greeks.reserveCapacity(count) }
        case .profile: if batch.profiles.isEmpty { batch.profiles.reserveCapacity(count) }
        }
    }

    /// Adds one row of the slow path for every instrument that goes by its symbol.
    mutating func add(_ row: FeedRow, _ type: FeedEventType, symbol: Int, _ symbols: SymbolTable) {
        hear(symbol)
        for reference in symbols.places(of: symbol) {
            let target = symbols.target(at: reference)
            let handle = symbols.handles[target]
            switch type {
            case .quote: quotes.put(row.quote(handle), target, round, &batch.quotes)
            case .trade: trades.put(row.trade(handle), target, round, &batch.trades)
            case .summary: summaries.put(row.summary(handle), target, round, &batch.summaries)
            case .greeks: greeks.put(row.greeks(handle), target, round, &batch.greeks)
            case .profile: profiles.put(row.profile(handle), target, round, &batch.profiles)
            }
        }
    }

    private mutating func hear(_ symbol: Int) {
        while heard.count <= symbol { heard.append(false) }
        if heard[symbol] { return }
        heard[symbol] = true
        heardCount += 1
    }
}

/// Where each target's event of one kind stands in the batch that is being gathered.
private struct EventPlaces: Sendable {
    private struct Entry: Sendable {
        /// The batch it is about; an older one is as good as none.
        var round: UInt32 = 0
        var place: UInt32 = 0
    }
    private var entries: [Entry] = []

    mutating func put<Event>(_ event: Event, _ target: Int, _ round: UInt32, _ events: inout [Event]) {
        while entries.count <= target { entries.append(Entry()) }
        if entries[target].round == round {
            events[Int(entries[target].place)] = event
        } else {
            entries[target] = Entry(round: round, place: UInt32(events.count))
            events.append(event)
        }
    }
}
