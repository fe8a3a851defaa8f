import BrokerKit
import PortfolioModel

/// Whose daily prices are to be asked for now: of everything wanted once a day, New York time, and at start; what has a
/// history only for its last days, which may have been corrected.
struct PriceHistoryPlan: Sendable {
    struct Batch: Sendable, Equatable {
        var from: CalendarDate
        var requests: [MarketDataRequest]
    }

    /// Calendar days of a history read for the first time: some 500 sessions.
    static let depth = 740
    /// Days read again.
    static let overlap = 10

    /// A close that changes by a larger share was adjusted, not corrected.
    private static let adjustment = 0.005

    private var asked: [MarketHandle: CalendarDate] = [:]
    private var restated: Set<InstrumentID> = []

    /// `held` is the last day held of each instrument from the same source.
    func due(
        _ requests: [MarketDataRequest], held: [InstrumentID: CalendarDate], today: CalendarDate
    ) -> [Batch] {
        let open = requests.filter { asked[$0.handle] != today }
        let (known, new) = (open.filter { last($0, held) != nil }, open.filter { last($0, held) == nil })
        var batches: [Batch] = []
        if !new.isEmpty { batches.append(Batch(from: today.adding(days: -Self.depth), requests: new)) }
        if let first = known.compactMap({ last($0, held) }).min() {
            let from = max(first.adding(days: -Self.overlap), today.adding(days: -Self.depth))
            batches.append(Batch(from: from, requests: known))
        }
        return batches
    }

    /// The batch was answered; it is not asked for again today.
    mutating func answered(_ batch: Batch, today: CalendarDate) {
        for request in batch.requests {
            asked[request.handle] = today
            restated.remove(InstrumentID(raw: request.handle))
        }
    }

    /// Reads these whole the next time.
    mutating func restart(_ ids: Set<InstrumentID>) {
        for id in ids {
            asked[id.raw] = nil
            restated.insert(id)
        }
    }

    /// Instruments of which a source states days otherwise than before, by more than a correction's size: it has
    /// adjusted the whole series, as for a split, and what is held of older days no longer fits.
    static func restated(from before: [DailyPrice], to after: [DailyPrice]) -> Set<InstrumentID> {
        struct Day: Hashable {
            var instrument: InstrumentID
            var date: CalendarDate
        }
        let old = Dictionary(
            before.map { (Day(instrument: $0.instrument, date: $0.date), $0.close.doubleValue) },
            uniquingKeysWith: { first, _ in first })
        var found: Set<InstrumentID> = []
        for price in after {
            guard let held = old[Day(instrument: price.instrument, date: price.date)], held > 0 else { continue }
            if abs(price.close.doubleValue / held - 1) > adjustment { found.insert(price.instrument) }
        }
        return found
    }

    private func last(_ request: MarketDataRequest, _ held: [InstrumentID: CalendarDate]) -> CalendarDate? {
        let id = InstrumentID(raw: request.handle)
        return restated.contains(id) ? nil : held[id]
    }
}
