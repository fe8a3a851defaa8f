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

    private var asked: [MarketHandle: CalendarDate] = [:]

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
        for request in batch.requests { asked[request.handle] = today }
    }

    private func last(_ request: MarketDataRequest, _ held: [InstrumentID: CalendarDate]) -> CalendarDate? {
        held[InstrumentID(raw: request.handle)]
    }
}
