import PortfolioModel

/// The book's positions under dense numbers, with what each adds to the totals and which instruments' markets it
/// depends on, so that a quote reaches its positions by array places and never by hashing.
struct PositionSlots: Sendable {
    private(set) var lines: [PositionLine?] = []
    /// `.none` for positions out of the ordinary.
    private(set) var quick: [QuickTerms] = []
    private var contributions: [Contribution] = []
    private var slots: [PositionKey: Int] = [:]
    private var free: [Int] = []
    /// By instrument number: its own positions and those of options on it.
    private var dependents: [[Int]] = []
    /// By slot: the round in which it was last marked.
    private var marks: [UInt32] = []
    private var round: UInt32 = 0
    private(set) var marked: [Int] = []

    /// Gives a position a slot, or its slot a new line.
    mutating func put(_ line: PositionLine) -> Int {
        let key = line.holding.position.key
        let slot: Int
        if let held = slots[key] {
            slot = held
            unlink(slot)
        } else if let empty = free.popLast() {
            slot = empty
        } else {
            slot = lines.count
            lines.append(nil)
            quick.append(.none)
            contributions.append(.nothing)
            marks.append(0)
        }
        slots[key] = slot
        lines[slot] = line
        quick[slot] = QuickTerms(line) ?? .none
        for id in line.instruments {
            while dependents.count <= id.index { dependents.append([]) }
            dependents[id.index].append(slot)
        }
        return slot
    }

    /// The slot that is free now; nil when there was no such position.
    mutating func remove(_ key: PositionKey) -> Int? {
        guard let slot = slots.removeValue(forKey: key) else { return nil }
        unlink(slot)
        lines[slot] = nil
        quick[slot] = .none
        free.append(slot)
        return slot
    }

    /// Values a slot by numbers alone; false when its position is out of the ordinary. Terms, markets and contributions
    /// are reached through spans: as optionals in arrays they were copied several times, a third of a quote's way.
    @inline(__always)
    mutating func revalue(
        _ slot: Int, _ valuer: QuickValuer, _ markets: borrowing MarketTable, _ memory: inout RiskMemory,
        _ totals: inout LiveTotals
    ) -> Bool {
        guard let part = valuer.contribution(quick.span[slot], markets.rows.span, &memory) else { return false }
        put(part, at: slot, &totals)
        return true
    }

    /// Puts what a slot adds into the totals, in place of what it added.
    @inline(__always)
    mutating func put(_ part: Contribution, at slot: Int, _ totals: inout LiveTotals) {
        var places = contributions.mutableSpan
        totals.replace(places[slot], with: part)
        places[slot] = part
    }

    /// As if no slot had added anything.
    mutating func empty() { contributions = Array(repeating: .nothing, count: contributions.count) }

    private mutating func unlink(_ slot: Int) {
        for id in lines[slot]?.instruments ?? [] { dependents[id.index].removeAll { $0 == slot } }
    }

    func isHeld(_ id: InstrumentID) -> Bool { id.index < dependents.count && !dependents[id.index].isEmpty }

    func dependents(on id: InstrumentID) -> [Int] { id.index < dependents.count ? dependents[id.index] : [] }

    /// Begins a set of slots to be valued anew.
    mutating func beginMarking() {
        marked.removeAll(keepingCapacity: true)
        round &+= 1
        if round == 0 {
            for slot in marks.indices { marks[slot] = 0 }
            round = 1
        }
    }

    mutating func mark(_ slot: Int) {
        if marks[slot] == round { return }
        marks[slot] = round
        marked.append(slot)
    }

    /// Marks what depends on an instrument's market.
    @inline(__always)
    mutating func markDependents(on handle: MarketHandle) {
        let place = Int(handle) - 1
        guard place >= 0, place < dependents.count else { return }
        for number in 0..<dependents[place].count { mark(dependents[place][number]) }
    }
}

extension PositionLine {
    /// Whose markets its figures depend on, each once.
    fileprivate var instruments: [InstrumentID] {
        var found = [holding.instrument.id]
        for id in [holding.underlying?.id, group.instrument] {
            if let id, !found.contains(id) { found.append(id) }
        }
        return found
    }
}
