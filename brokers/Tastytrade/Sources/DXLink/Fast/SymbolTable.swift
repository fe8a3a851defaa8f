import PortfolioModel

/// The symbols that were asked for, found by the bytes of a frame.
///
/// Each symbol has a dense number, and each instrument that goes by one a dense *target*, so that what is kept about
/// either is an array.
struct SymbolTable: Sendable {
    private struct Entry: Sendable {
        var key = SymbolKey()
        /// Negative for an empty place.
        var number: Int32 = -1
    }

    /// In order of their numbers.
    let names: [String]
    /// In order of targets.
    private(set) var handles: [MarketHandle] = []
    /// Symbol n's targets are `targets[firstTarget[n]..<firstTarget[n + 1]]`.
    private var firstTarget: [Int] = [0]
    private var targets: [Int] = []
    private var numbers: [String: Int] = [:]
    /// By hash of the key; at most half full, so that a search ends.
    private var entries: [Entry]
    private let mask: Int

    init(_ handlesBySymbol: [String: [MarketHandle]] = [:]) {
        names = handlesBySymbol.keys.sorted()
        var capacity = 16
        while capacity < 2 * names.count { capacity *= 2 }
        mask = capacity - 1
        entries = Array(repeating: Entry(), count: capacity)
        var targetByHandle: [MarketHandle: Int] = [:]
        for (number, name) in names.enumerated() {
            numbers[name] = number
            for handle in handlesBySymbol[name] ?? [] {
                let target = targetByHandle[handle] ?? handles.count
                if target == handles.count { handles.append(handle) }
                targetByHandle[handle] = target
                targets.append(target)
            }
            firstTarget.append(targets.count)
            guard let key = SymbolKey(name) else { continue }
            var place = key.hash & mask
            while entries[place].number >= 0 { place = (place + 1) & mask }
            entries[place] = Entry(key: key, number: Int32(number))
        }
    }

    /// The number of the symbol with this key; nil also for one that has no key, which `find(_: String)` finds.
    @inline(__always)
    func find(_ key: SymbolKey) -> Int? {
        var place = key.hash & mask
        while true {
            let number = entries[place].number
            if number < 0 { return nil }
            if entries[place].key == key { return Int(number) }
            place = (place + 1) & mask
        }
    }

    func find(_ name: String) -> Int? { numbers[name] }

    /// Where a symbol's targets stand, for `target(at:)`.
    func places(of symbol: Int) -> Range<Int> { firstTarget[symbol]..<firstTarget[symbol + 1] }
    func target(at place: Int) -> Int { targets[place] }
}
