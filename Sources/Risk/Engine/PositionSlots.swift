import PortfolioModel

/// The book's positions under dense numbers, with what each adds to the totals and which instruments' markets it
/// depends on, so that a quote reaches its positions by array places and never by hashing.
struct PositionSlots: Sendable {
    /// What a quote reads and writes of a slot, side by side: as two tables they took a cache line and a page more.
    private struct Place {
        /// `.none` for positions out of the ordinary.
        var terms = QuickTerms.none
        var part = Contribution.nothing
    }

    private(set) var lines: [PositionLine?] = []
    private var places: [Place] = []
    private var conversions: [QuickConversion] = []
    private var slots: [PositionKey: Int] = [:]
    private var free: [Int] = []
    /// By instrument number: its own positions and those of options on it.
    private var dependents = DependentSlots()
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
            places.append(Place())
            marks.append(0)
        }
        slots[key] = slot
        lines[slot] = line
        places[slot].terms = terms(of: line) ?? .none
        for id in line.instruments { dependents.insert(slot, on: id) }
        return slot
    }

    /// The slot that is free now; nil when there was no such position.
    mutating func remove(_ key: PositionKey) -> Int? {
        guard let slot = slots.removeValue(forKey: key) else { return nil }
        unlink(slot)
        lines[slot] = nil
        places[slot].terms = .none
        free.append(slot)
        return slot
    }

    /// nil when the line is out of the ordinary.
    private mutating func terms(of line: PositionLine) -> QuickTerms? {
        guard let conversion = QuickConversion(line) else { return nil }
        let place = conversions.firstIndex(of: conversion) ?? conversions.endIndex
        if place == conversions.endIndex { conversions.append(conversion) }
        return QuickTerms(line, conversion, at: place)
    }

    /// Asks for what a slot holds before it is needed; `fetchMarkets` is to follow, then `revalue`.
    @inline(__always)
    func fetch(_ slot: Int) { places.span.fetch(slot) }

    /// Asks for what else a slot's value depends on, but for its own market, which was just written.
    @inline(__always)
    func fetchMarkets(_ slot: Int, _ markets: borrowing MarketTable, _ memory: borrowing RiskMemory) {
        let places = places.span
        memory.fetch(Int(places[slot].terms.place))
        markets.lines.span.fetch(Int(places[slot].terms.underlyingPlace))
    }

    /// Values a slot by numbers alone; false when its position is out of the ordinary. Terms, markets and contributions
    /// are reached through spans: as optionals in arrays they were copied several times, a third of a quote's way.
    @inline(__always)
    mutating func revalue(
        _ slot: Int, _ valuer: QuickValuer, _ markets: borrowing MarketTable, _ memory: inout RiskMemory,
        _ totals: inout LiveTotals
    ) -> Bool {
        var part = Contribution.nothing
        guard value(slot, valuer, markets, &memory, into: &part) else { return false }
        put(part, at: slot, &totals)
        return true
    }

    @inline(__always)
    private mutating func value(
        _ slot: Int, _ valuer: QuickValuer, _ markets: borrowing MarketTable, _ memory: inout RiskMemory,
        into part: inout Contribution
    ) -> Bool {
        let lines = markets.lines.span
        let own = Int(places.span[slot].terms.place)
        guard own < lines.count else { return false }
        let close = lines[own].previousClose
        if !places.span[slot].terms.overnight.isOf(close) {
            guard look(slot, at: WireDecimal(raw: close)) else { return false }
        }
        let conversion = Int(places.span[slot].terms.conversion)
        return valuer.value(places.span[slot].terms, conversions.span[conversion], lines, &memory, into: &part)
    }

    /// Looks at what a slot was worth at a previous close; false when it leaves the range of the quick way.
    @inline(never)
    private mutating func look(_ slot: Int, at close: WireDecimal) -> Bool {
        let terms = places[slot].terms
        guard
            let overnight = QuickOvernight(
                terms, close: close, settlement: lines[slot]?.priorSettlement,
                conversions[Int(terms.conversion)])
        else { return false }
        places[slot].terms.overnight = overnight
        return true
    }

    /// Puts what a slot adds into the totals, in place of what it added.
    @inline(__always)
    mutating func put(_ part: borrowing Contribution, at slot: Int, _ totals: inout LiveTotals) {
        var places = places.mutableSpan
        totals.replace(&places[slot].part, with: part)
    }

    /// As if no slot had added anything.
    mutating func empty() { for slot in places.indices { places[slot].part = .nothing } }

    private mutating func unlink(_ slot: Int) {
        for id in lines[slot]?.instruments ?? [] { dependents.remove(slot, on: id) }
    }

    func isHeld(_ id: InstrumentID) -> Bool { !dependents(on: id).isEmpty }

    func dependents(on id: InstrumentID) -> [Int] { dependents.slots(on: id.index) }

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
        if let only = dependents.only(on: place) { return mark(only) }
        for slot in dependents.slots(on: place) { mark(slot) }
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
