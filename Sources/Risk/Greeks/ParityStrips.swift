import PortfolioModel
import Pricing

/// A forward that quotes state, with the time of the oldest of them.
struct StatedForward: Sendable, Hashable {
    var price: ModelForward
    var asOf: Timestamp
}

/// The book's European options on indices, held or not, in strips of one root and expiry, each with the futures of its
/// date and the forward that their quotes, or its own, state.
///
/// A forward is found when a model asks for it and stands until a market of its strip, one of the futures, a contract
/// or the moment changes. Who asked is kept, so that a quote of one option reaches the others whose figures rest on it,
/// and only those.
struct ParityStrips: Sendable {
    /// One option of a strip.
    struct Member: Sendable {
        let id: InstrumentID
        let strike: FixedDecimal
        let right: OptionRight

        fileprivate func precedes(_ other: Member) -> Bool { (strike, id) < (other.strike, other.id) }
    }

    /// A future whose price, times `scale`, is a strip's forward.
    struct Future: Sendable {
        let id: InstrumentID
        let symbol: String
        let scale: Double
        let rank: Int

        fileprivate func precedes(_ other: Future) -> Bool { (rank, id) < (other.rank, other.id) }
    }

    private enum Answer: Sendable { case notAsked, found(StatedForward?) }

    /// What a future and a strip have in common.
    private struct Delivery: Hashable {
        let index: String
        let expiry: CalendarDate
        let currency: Currency
    }

    private struct Key: Hashable {
        let underlying: InstrumentID
        let root: String
        let expiry: CalendarDate
        let currency: Currency
        /// Options that end at the morning's print have another forward than those that end at the close.
        let settlement: Settlement.Time
    }

    private struct Strip: Sendable {
        let delivery: Delivery
        /// By strike, then by number.
        var members: [Member] = []
        var answer = Answer.notAsked
        /// Instruments whose figures rest on the answer.
        var readers: [InstrumentID] = []

        /// No quote of an option changes such an answer.
        var restsOnFuture: Bool {
            if case .found(let forward?) = answer, case .future = forward.price { return true }
            return false
        }
    }

    private var strips: [Strip] = []
    private var numbers: [Key: Int] = [:]
    /// The strips of one index and date.
    private var delivered: [Delivery: [Int]] = [:]
    /// The futures of one index and date, the first to be asked first.
    private var futures: [Delivery: [Future]] = [:]
    /// By the future's number what it delivers.
    private var deliveries: [InstrumentID: [Delivery]] = [:]
    /// By the instrument's number its strip's, or `none`, or `future`; empty while there is neither.
    private var places: [Int32] = []
    private static let none: Int32 = -1
    private static let future: Int32 = -2
    /// By the instrument's number, whether it is among its strip's readers.
    private var isReading: [Bool] = []

    init() {}

    init(_ master: InstrumentMaster) {
        for row in master.instruments { _ = put(row) }
    }

    /// Takes an instrument as the master has it now; whose figures have to be made anew.
    mutating func put(_ row: Instrument) -> [InstrumentID] {
        var touched = releaseAll(row.id.raw)
        remove(row.id)
        if row.kind == .future {
            putFuture(row)
        } else if let (key, member) = Self.member(row) {
            put(member, key, on: row.contract?.underlying ?? "")
        } else {
            return touched
        }
        touched += releaseAll(row.id.raw)
        return touched
    }

    private mutating func put(_ member: Member, _ key: Key, on index: String) {
        let place = numbers[key] ?? strips.count
        if place == strips.count {
            let delivery = Delivery(index: index, expiry: key.expiry, currency: key.currency)
            strips.append(Strip(delivery: delivery))
            numbers[key] = place
            delivered[delivery, default: []].append(place)
        }
        set(member.id, Int32(place))
        let rank = strips[place].members.firstIndex { member.precedes($0) } ?? strips[place].members.count
        strips[place].members.insert(member, at: rank)
    }

    private mutating func putFuture(_ row: Instrument) {
        guard let contract = row.contract else { return }
        for index in IndexFuture.indices(of: contract.underlying) {
            let delivery = Delivery(index: index.symbol, expiry: contract.expiry, currency: row.currency)
            let future = Future(id: row.id, symbol: row.symbol, scale: index.scale, rank: index.rank)
            let others = futures[delivery] ?? []
            futures[delivery, default: []].insert(future, at: others.firstIndex { future.precedes($0) } ?? others.count)
            deliveries[row.id, default: []].append(delivery)
        }
        set(row.id, Self.future)
    }

    private mutating func remove(_ id: InstrumentID) {
        if let place = strip(id.raw) {
            strips[place].members.removeAll { $0.id == id }
        }
        for delivery in deliveries.removeValue(forKey: id) ?? [] { futures[delivery]?.removeAll { $0.id == id } }
        if id.index < places.count { places[id.index] = Self.none }
    }

    private mutating func set(_ id: InstrumentID, _ place: Int32) {
        while places.count <= id.index {
            places.append(Self.none)
            isReading.append(false)
        }
        places[id.index] = place
    }

    /// Something was said of an instrument's market; whose figures have to be made anew because they rest on it.
    mutating func change(_ handle: MarketHandle) -> [InstrumentID] {
        guard let place = strip(handle) else { return releaseAll(handle) }
        return strips[place].restsOnFuture ? [] : release(place)
    }

    /// Forgets the answers that an instrument has a part in, whatever they rest on.
    private mutating func releaseAll(_ handle: MarketHandle) -> [InstrumentID] {
        if let place = strip(handle) { return release(place) }
        guard let deliveries = deliveries[InstrumentID(raw: handle)] else { return [] }
        return deliveries.flatMap { delivered[$0] ?? [] }.flatMap { release($0) }
    }

    private mutating func release(_ place: Int) -> [InstrumentID] {
        strips[place].answer = .notAsked
        let readers = strips[place].readers
        strips[place].readers = []
        for id in readers { isReading[id.index] = false }
        return readers
    }

    /// Another moment: every forward is to be found anew.
    mutating func forget() {
        for place in strips.indices { _ = release(place) }
    }

    /// The forward of an option's strip; nil for what has none. `find` is asked once for all that read it.
    mutating func forward(
        for id: InstrumentID, _ find: ([Future], [Member]) -> StatedForward?
    ) -> StatedForward? {
        guard let place = strip(id.raw) else { return nil }
        if !isReading[id.index] {
            isReading[id.index] = true
            strips[place].readers.append(id)
        }
        if case .found(let forward) = strips[place].answer { return forward }
        let forward = find(futures[strips[place].delivery] ?? [], strips[place].members)
        strips[place].answer = .found(forward)
        return forward
    }

    /// Whether an instrument is part of a strip, or a future that may be the forward of one.
    func contains(_ handle: MarketHandle) -> Bool {
        let index = Int(handle) - 1
        return index >= 0 && index < places.count && places[index] != Self.none
    }

    private func strip(_ handle: MarketHandle) -> Int? {
        let index = Int(handle) - 1
        guard index >= 0, index < places.count, places[index] >= 0 else { return nil }
        return Int(places[index])
    }

    /// nil for what is no European option on an index.
    private static func member(_ row: Instrument) -> (Key, Member)? {
        guard row.kind == .indexOption, let underlying = row.underlying, let contract = row.contract,
            let strike = contract.strike, strike > .zero, let right = contract.right,
            ExerciseRule.style(row.kind, contract, row.currency) == .european
        else { return nil }
        let key = Key(
            underlying: underlying, root: contract.root, expiry: contract.expiry, currency: row.currency,
            settlement: contract.settlement?.time ?? .pm)
        return (key, Member(id: row.id, strike: strike, right: right))
    }
}
