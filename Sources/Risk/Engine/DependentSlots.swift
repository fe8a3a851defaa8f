import PortfolioModel

/// Which slots depend on an instrument's market. Most instruments have one; it stands in four bytes, so that those of a
/// large book fit in a cache, and only where there are several a list is looked up.
struct DependentSlots: Sendable {
    private static let none: Int32 = -1
    private static let several: Int32 = -2
    /// By the instrument's place.
    private var single: [Int32] = []
    private var lists: [Int: [Int]] = [:]

    /// The slot, where it is the only one.
    @inline(__always)
    func only(on place: Int) -> Int? {
        guard place >= 0, place < single.count, single[place] >= 0 else { return nil }
        return Int(single[place])
    }

    func slots(on place: Int) -> [Int] {
        guard place >= 0, place < single.count, single[place] != Self.none else { return [] }
        return single[place] == Self.several ? lists[place] ?? [] : [Int(single[place])]
    }

    mutating func insert(_ slot: Int, on id: InstrumentID) {
        while single.count <= id.index { single.append(Self.none) }
        put(slots(on: id.index) + [slot], at: id.index)
    }

    mutating func remove(_ slot: Int, on id: InstrumentID) {
        guard id.index < single.count else { return }
        put(slots(on: id.index).filter { $0 != slot }, at: id.index)
    }

    private mutating func put(_ slots: [Int], at place: Int) {
        lists[place] = slots.count > 1 ? slots : nil
        single[place] = slots.count > 1 ? Self.several : slots.first.map { Int32($0) } ?? Self.none
    }
}
