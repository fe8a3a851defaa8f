import PortfolioModel
import Pricing

/// A forward that option quotes imply, with the time of the oldest of them.
struct ImpliedForward: Sendable, Hashable {
    var estimate: ParityForward.Estimate
    var asOf: Timestamp
}

/// The book's European options on indices, held or not, in strips of one root and expiry, each with the forward that
/// its quotes imply.
///
/// A forward is found when a model asks for it and stands until a market of its strip, a contract or the moment
/// changes. Who asked is kept, so that a quote of one option reaches the others whose figures rest on it, and only
/// those.
struct ParityStrips: Sendable {
    /// One option of a strip.
    struct Member: Sendable {
        let id: InstrumentID
        let strike: FixedDecimal
        let right: OptionRight

        fileprivate func precedes(_ other: Member) -> Bool { (strike, id) < (other.strike, other.id) }
    }

    private enum Answer: Sendable { case notAsked, found(ImpliedForward?) }

    private struct Key: Hashable {
        let underlying: InstrumentID
        let root: String
        let expiry: CalendarDate
        let currency: Currency
        /// Options that end at the morning's print have another forward than those that end at the close.
        let settlement: Settlement.Time
    }

    private struct Strip: Sendable {
        /// By strike, then by number.
        var members: [Member] = []
        var answer = Answer.notAsked
        /// Instruments whose figures rest on the answer.
        var readers: [InstrumentID] = []
    }

    private var strips: [Strip] = []
    private var numbers: [Key: Int] = [:]
    /// By the instrument's number its strip's, below 0 for none; empty while there is no strip.
    private var places: [Int32] = []
    /// By the instrument's number, whether it is among its strip's readers.
    private var isReading: [Bool] = []

    init() {}

    init(_ master: InstrumentMaster) {
        for row in master.instruments { _ = put(row) }
    }

    /// Takes an instrument as the master has it now; whose figures have to be made anew.
    mutating func put(_ row: Instrument) -> [InstrumentID] {
        var touched = change(row.id.raw)
        if let place = place(row.id.raw) {
            strips[place].members.removeAll { $0.id == row.id }
            places[row.id.index] = -1
        }
        guard let (key, member) = Self.member(row) else { return touched }
        let place = numbers[key] ?? strips.count
        if place == strips.count {
            strips.append(Strip())
            numbers[key] = place
        }
        while places.count <= row.id.index {
            places.append(-1)
            isReading.append(false)
        }
        places[row.id.index] = Int32(place)
        let index = strips[place].members.firstIndex { member.precedes($0) } ?? strips[place].members.count
        strips[place].members.insert(member, at: index)
        touched += change(row.id.raw)
        return touched
    }

    /// Something was said of an instrument's market; whose figures have to be made anew because they rest on it.
    mutating func change(_ handle: MarketHandle) -> [InstrumentID] {
        guard let place = place(handle) else { return [] }
        return release(place)
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
    mutating func forward(for id: InstrumentID, _ find: ([Member]) -> ImpliedForward?) -> ImpliedForward? {
        guard let place = place(id.raw) else { return nil }
        if !isReading[id.index] {
            isReading[id.index] = true
            strips[place].readers.append(id)
        }
        if case .found(let forward) = strips[place].answer { return forward }
        let forward = find(strips[place].members)
        strips[place].answer = .found(forward)
        return forward
    }

    /// Whether an instrument is part of a strip.
    func contains(_ handle: MarketHandle) -> Bool { place(handle) != nil }

    private func place(_ handle: MarketHandle) -> Int? {
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
