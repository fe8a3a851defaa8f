import PortfolioModel

/// The symbols that were asked for, found by their raw bytes: no string is made of what a frame says (20 ns against
/// 150 ns for a string and a dictionary of strings).
///
/// Each symbol has a dense number, and each instrument that goes by one a dense *target*, so that what is kept about
/// either is an array.
struct SymbolTable: Sendable {
    /// In order of their numbers.
    let names: [String]
    /// In order of targets.
    private(set) var handles: [MarketHandle] = []
    /// Symbol n's targets are `targets[firstTarget[n]..<firstTarget[n + 1]]`.
    private var firstTarget: [Int] = [0]
    private var targets: [Int] = []
    /// Symbol number + 1 by hash, zero for empty; at most half full, so that a search ends.
    private var places: [UInt32]
    private let mask: Int
    private var bytes: [UInt8] = []
    /// Symbol n's bytes are `bytes[firstByte[n]..<firstByte[n + 1]]`.
    private var firstByte: [Int] = [0]

    init(_ handlesBySymbol: [String: [MarketHandle]] = [:]) {
        names = handlesBySymbol.keys.sorted()
        var capacity = 16
        while capacity < 2 * names.count { capacity *= 2 }
        mask = capacity - 1
        places = Array(repeating: 0, count: capacity)
        var targetByHandle: [MarketHandle: Int] = [:]
        for (number, name) in names.enumerated() {
            bytes += name.utf8
            firstByte.append(bytes.count)
            for handle in handlesBySymbol[name] ?? [] {
                let target = targetByHandle[handle] ?? handles.count
                if target == handles.count { handles.append(handle) }
                targetByHandle[handle] = target
                targets.append(target)
            }
            firstTarget.append(targets.count)
            var hash = SymbolHash()
            for byte in name.utf8 { hash.add(byte) }
            var place = hash.value & mask
            while places[place] != 0 { place = (place + 1) & mask }
            places[place] = UInt32(number + 1)
        }
    }

    /// The number of the symbol that stands in a range of a frame; `hash` is of its bytes.
    func find(_ range: Range<Int>, in frame: Span<UInt8>, _ hash: SymbolHash) -> Int? {
        var place = hash.value & mask
        while true {
            let number = Int(places[place]) - 1
            if number < 0 { return nil }
            if matches(number, range, frame) { return number }
            place = (place + 1) & mask
        }
    }

    func find(_ name: String) -> Int? {
        let utf8 = Array(name.utf8)
        var hash = SymbolHash()
        for byte in utf8 { hash.add(byte) }
        return find(0..<utf8.count, in: utf8.span, hash)
    }

    /// Where a symbol's targets stand, for `target(at:)`.
    func places(of symbol: Int) -> Range<Int> { firstTarget[symbol]..<firstTarget[symbol + 1] }
    func target(at place: Int) -> Int { targets[place] }

    private func matches(_ number: Int, _ range: Range<Int>, _ frame: Span<UInt8>) -> Bool {
        let start = firstByte[number]
        guard firstByte[number + 1] - start == range.count else { return false }
        for offset in 0..<range.count where bytes[start + offset] != frame[range.lowerBound + offset] { return false }
        return true
    }
}

/// Eight bytes at a time into one multiplication. The table's keys are our own words, so nobody else can make it slow.
struct SymbolHash {
    private var word: UInt64 = 0
    private var sum: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var count = 0

    @inline(__always)
    mutating func add(_ byte: UInt8) {
        word = word << 8 | UInt64(byte)
        count &+= 1
        if count & 7 == 0 { mix() }
    }

    var value: Int {
        var last = self
        last.mix()
        return Int(truncatingIfNeeded: last.sum >> 33)
    }

    @inline(__always)
    private mutating func mix() {
        sum = (sum ^ word) &* 0xD6E8_FEB8_6659_FD93
        sum ^= sum >> 32
        word = 0
    }
}
