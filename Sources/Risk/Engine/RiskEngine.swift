package import PortfolioModel

/// Values the whole book and keeps it valued: each update recomputes only the positions it touches, and the totals are
/// kept by difference, exactly as a computation from scratch would give them. A pure value: no clock, no I/O.
package struct RiskEngine: Sendable {
    package private(set) var book: Book
    package let settings: RiskSettings
    /// The instant at which every figure is stated. Moved by `advance` only.
    package private(set) var now: Timestamp
    /// What was remembered on the way, for a second engine that is to agree with this one.
    package private(set) var memory: RiskMemory

    private(set) var rows: [PositionKey: PositionView] = [:]
    private(set) var order: [PositionKey] = []
    private(set) var accountTotals: [AccountID: AccountTotals] = [:]
    private(set) var groupTotals: [GroupKey: GroupTotals] = [:]
    private(set) var bookTotals = BookTotals()
    /// Positions whose figures depend on an instrument's market: its own and those of options on it.
    private var dependents: [InstrumentID: Set<PositionKey>] = [:]

    package init(book: Book, settings: RiskSettings, now: Timestamp, memory: RiskMemory = RiskMemory()) {
        self.book = book
        self.settings = settings
        self.now = now
        self.memory = memory
        recomputeAll()
    }

    /// The book valued once, without an engine that lives on.
    package static func view(of book: Book, settings: RiskSettings, at now: Timestamp) -> PortfolioView {
        RiskEngine(book: book, settings: settings, now: now).view(at: now)
    }

    /// Applies one numbered update. Throws `BookError` when it does not follow the last one or does not fit; the engine
    /// must then be made anew from a snapshot of the book.
    package mutating func apply(_ update: PortfolioUpdate) throws(BookError) {
        try apply([update])
    }

    /// Applies several updates and recomputes once, which is what a backlog wants.
    package mutating func apply(_ updates: [PortfolioUpdate]) throws(BookError) {
        var touched = Touched()
        for update in updates {
            try book.apply(update)
            for change in update.changes { touched.add(change, dependents) }
        }
        if touched.everything { return recomputeAll() }
        for account in touched.accounts { touched.keys.formUnion(book.positions(of: account).map(\.key)) }
        for key in touched.closed where book.positions[key] == nil { drop(key) }
        let before = memory.monitor.refusals
        let membership = rows.count
        recompute(touched.keys)
        if memory.monitor.refusals != before { return recomputeAll() }
        if touched.changesOrder || rows.count != membership || !touched.closed.isEmpty { sortRows() }
    }

    /// Moves the instant: figures grow old, sessions open and close, days to expiry pass.
    package mutating func advance(to now: Timestamp) {
        guard now != self.now else { return }
        self.now = now
        recomputeAll()
    }

    /// What one batch of updates touched.
    private struct Touched {
        var keys: Set<PositionKey> = []
        var closed: Set<PositionKey> = []
        var accounts: Set<AccountID> = []
        var everything = false
        var changesOrder = false

        mutating func add(_ change: BookChange, _ dependents: [InstrumentID: Set<PositionKey>]) {
            switch change {
            case .instrument(let row):
                keys.formUnion(dependents[row.id] ?? [])
                changesOrder = true
            case .account(let account): accounts.insert(account.id)
            case .position(let position): keys.insert(position.key)
            case .positionClosed(let key): closed.insert(key)
            case .market(let batch):
                for handle in batch.handles {
                    if let found = dependents[InstrumentID(raw: handle)] { keys.formUnion(found) }
                }
            case .marketRestored(let id, _): keys.formUnion(dependents[id] ?? [])
            case .feedSilent, .rate: everything = true
            case .balance, .balanceClosed, .figures, .broker, .transaction, .imported: break
            }
        }
    }

    private mutating func recomputeAll() {
        for _ in 0..<2 {
            let before = memory.monitor.refusals
            rows = [:]
            (accountTotals, groupTotals, bookTotals, dependents) = ([:], [:], BookTotals(), [:])
            recompute(book.positions.keys.sorted())
            // A feed found out half way was believed before: once more, now knowing.
            if memory.monitor.refusals == before { break }
        }
        sortRows()
    }

    private mutating func recompute(_ keys: some Sequence<PositionKey>) {
        let valuer = PositionValuer(book, settings, SessionMoment(now, settings.session))
        for key in keys {
            guard let position = book.positions[key] else { continue }
            let row = valuer.view(of: position, memory: &memory)
            if let old = rows[key] { count(old, by: -1) }
            rows[key] = row
            if let row { count(row, by: 1) }
        }
    }

    private mutating func drop(_ key: PositionKey) {
        guard let old = rows.removeValue(forKey: key) else { return }
        count(old, by: -1)
        if dependents[key.instrument] == nil { memory.forget(key.instrument) }
    }

    private mutating func count(_ row: PositionView, by sign: Int) {
        let key = row.position.key
        accountTotals[key.account, default: AccountTotals()].change(row, by: sign)
        let group = GroupKey(row)
        groupTotals[group, default: GroupTotals()].change(row, by: sign)
        if groupTotals[group]?.count == 0 { groupTotals[group] = nil }
        bookTotals.change(row, in: book.rates, base: book.base, by: sign)
        for id in [row.instrument.id, row.underlying?.id, group.instrument].compactMap({ $0 }) {
            if sign > 0 {
                dependents[id, default: []].insert(key)
            } else {
                dependents[id]?.remove(key)
                if dependents[id]?.isEmpty == true { dependents[id] = nil }
            }
        }
    }

    private mutating func sortRows() {
        order = rows.values.sorted(by: PositionView.precedes).map(\.position.key)
    }
}

extension MarketBatch {
    /// Every instrument the batch speaks of, with repetitions.
    var handles: [MarketHandle] {
        quotes.map(\.instrument) + trades.map(\.instrument) + summaries.map(\.instrument) + greeks.map(\.instrument)
            + profiles.map(\.instrument)
    }
}

extension PositionView {
    /// Underlying group, then shares and futures before options, expiry, strike, calls before puts, account.
    static func precedes(_ left: PositionView, _ right: PositionView) -> Bool {
        if left.group != right.group { return left.group < right.group }
        if left.instrument.kind.isOption != right.instrument.kind.isOption { return right.instrument.kind.isOption }
        let (ours, theirs) = (left.instrument.contract, right.instrument.contract)
        if ours?.expiry != theirs?.expiry {
            return (ours?.expiry.dayNumber ?? .min) < (theirs?.expiry.dayNumber ?? .min)
        }
        let (low, high) = (ours?.strike ?? .zero, theirs?.strike ?? .zero)
        if low != high { return low < high }
        if ours?.right != theirs?.right { return ours?.right == .call }
        if left.account.id != right.account.id { return left.account.id < right.account.id }
        return left.instrument.id < right.instrument.id
    }
}
