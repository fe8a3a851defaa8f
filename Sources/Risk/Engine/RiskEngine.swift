package import PortfolioModel

/// Values the whole book and keeps it valued: each update recomputes only what it touches of the totals, exactly as a
/// computation from scratch would give them; rows in words are made when somebody looks. A pure value: no clock, no
/// I/O.
///
/// With `PositionLine`, `Contribution` and `PositionSlots` an event's whole way from bytes to totals takes 2 us
/// (docs/performance.md, end to end); with a row made for each position it took 71.
package struct RiskEngine: Sendable {
    package private(set) var book: Book
    package let settings: RiskSettings
    /// The instant at which every figure is stated. Moved by `advance` only.
    package private(set) var now: Timestamp
    /// What was remembered on the way, for a second engine that is to agree with this one.
    package private(set) var memory: RiskMemory
    /// The book's totals at the last update applied; reading them costs nothing.
    package private(set) var totals = LiveTotals()

    private(set) var moment: SessionMoment
    /// Rates at the settlements that the day's P&L counts from; empty when they are to be looked up anew.
    private(set) var settled = SettledRates()
    private var quick: QuickValuer
    private(set) var slots = PositionSlots()
    /// So many slots before one is valued its markets are asked for, and twice as many before, the slot.
    private static let fetchedAhead = 4

    package init(book: Book, settings: RiskSettings, now: Timestamp, memory: RiskMemory = RiskMemory()) {
        self.book = book
        self.settings = settings
        self.now = now
        self.memory = memory
        self.memory.strips = ParityStrips(book.master)
        moment = SessionMoment(now, settings.session)
        quick = QuickValuer(moment: QuickMoment(moment, settings))
        recomputeAll()
    }

    /// The book valued once, without an engine that lives on.
    package static func view(of book: Book, settings: RiskSettings, at now: Timestamp) -> PortfolioView {
        RiskEngine(book: book, settings: settings, now: now).view(at: now)
    }

    /// Applies one numbered update. Throws `BookError` when it does not follow the last one or does not fit; the engine
    /// must then be made anew from a snapshot of the book.
    package mutating func apply(_ update: PortfolioUpdate) throws(BookError) {
        try apply(CollectionOfOne(update))
    }

    /// Applies several updates and recomputes once, which is what a backlog wants.
    package mutating func apply(_ updates: some Collection<PortfolioUpdate>) throws(BookError) {
        slots.beginMarking()
        var isWhole = false
        for update in updates {
            try book.apply(update)
            for change in update.changes { isWhole = touch(change) || isWhole }
        }
        if isWhole { return recomputeAll() }
        let before = memory.monitor.refusals
        recompute(slots.marked)
        if memory.monitor.refusals != before { recomputeAll() }
    }

    /// Moves the instant: figures grow old, sessions open and close, days to expiry pass.
    package mutating func advance(to now: Timestamp) {
        guard now != self.now else { return }
        self.now = now
        moment = SessionMoment(now, settings.session)
        quick = QuickValuer(moment: QuickMoment(moment, settings))
        recomputeAll()
    }

    /// Marks what a change touches; true when that is everything.
    private mutating func touch(_ change: BookChange) -> Bool {
        switch change {
        case .market(let batch): touch(batch)
        case .marketRestored(let id, _): touch(id.raw)
        case .instrument(let row):
            for id in memory.strips.put(row) { slots.markDependents(on: id.raw) }
            for slot in slots.dependents(on: row.id) { renew(slots.lines[slot]?.holding.position.key) }
        case .account(let account):
            for position in book.positions(of: account.id) { renew(position.key) }
        case .position(let position): renew(position.key)
        case .positionClosed(let key): renew(key)
        case .feedSilent: return true
        case .rate, .earlierRates:
            settled = SettledRates()
            return true
        case .balance, .balanceClosed, .figures, .broker, .transaction, .prices, .imported: break
        }
        return false
    }

    private mutating func touch(_ batch: MarketBatch) {
        for event in batch.quotes { touch(event.instrument) }
        for event in batch.trades { touch(event.instrument) }
        for event in batch.summaries { touch(event.instrument) }
        for event in batch.greeks { touch(event.instrument) }
        for event in batch.profiles { touch(event.instrument) }
    }

    /// Marks the instrument's positions, those of options on it, and those that rest on a forward it is part of.
    @inline(__always)
    private mutating func touch(_ handle: MarketHandle) {
        slots.markDependents(on: handle)
        guard memory.strips.contains(handle) else { return }
        for id in memory.strips.change(handle) { slots.markDependents(on: id.raw) }
    }

    /// Makes a position's line anew from the book, or drops it when the book holds it no more.
    private mutating func renew(_ key: PositionKey?) {
        guard let key else { return }
        if let line = book.positions[key].flatMap({ line($0) }) {
            slots.mark(slots.put(line))
        } else if let slot = slots.remove(key) {
            slots.put(.nothing, at: slot, &totals)
            if !slots.isHeld(key.instrument) { memory.forget(key.instrument) }
        }
    }

    private func line(_ position: Position) -> PositionLine? {
        PositionLine(position, in: book, settings.model.cutoffs, settled, at: moment)
    }

    private mutating func recomputeAll() {
        book.measureRates(at: now, by: settings.fx)
        memory.strips.forget()
        settled.look(in: book, at: moment, settings)
        slots = PositionSlots()
        for position in book.sortedPositions {
            if let line = line(position) { _ = slots.put(line) }
        }
        for _ in 0..<2 {
            let before = memory.monitor.refusals
            totals = LiveTotals()
            slots.empty()
            recompute(Array(slots.lines.indices))
            // A feed found out half way was believed before: once more, now knowing.
            if memory.monitor.refusals == before { break }
        }
    }

    /// Values slots anew. What one needs is asked for while those before it are valued: first its own figures, then the
    /// markets they name.
    private mutating func recompute(_ marked: [Int]) {
        for slot in marked.prefix(Self.fetchedAhead * 2) { slots.fetch(slot) }
        for slot in marked.prefix(Self.fetchedAhead) { slots.fetchMarkets(slot, book.markets, memory) }
        for (index, slot) in marked.enumerated() {
            let (near, far) = (index + Self.fetchedAhead, index + Self.fetchedAhead * 2)
            if far < marked.count { slots.fetch(marked[far]) }
            if near < marked.count { slots.fetchMarkets(marked[near], book.markets, memory) }
            if !slots.revalue(slot, quick, book.markets, &memory, &totals) { revalueAtLength(slot) }
        }
    }

    private mutating func revalueAtLength(_ slot: Int) {
        guard let line = slots.lines[slot] else { return }
        let part = PositionValuer(book, settings, moment).contribution(of: line, memory: &memory)
        slots.put(part, at: slot, &totals)
    }
}
