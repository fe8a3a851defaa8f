import PortfolioModel
import Risk

/// End to end on one core: bytes, events, quote cache, positions marked, totals; the totals are read after every
/// message. A unit is a message.
struct DeskContestant: Contestant {
    /// Money as counts of 1e-8.
    struct Result: Encodable {
        var marketValue: Int64
        var unrealized: Int64
        /// Of the totals after every message, modulo 2^64: equal only when they were right all the way.
        var trail: UInt64
    }

    private let frames: Frames
    private let initial: RiskEngine
    private let desk: FeedDesk

    init(_ frames: Frames, _ book: BenchmarkBook) {
        self.frames = frames
        initial = RiskEngine(book: book.book, settings: BenchmarkBook.settings, now: Frames.time(of: 0))
        desk = FeedDesk(book.handles)
    }

    func check() throws -> Result {
        var trail: UInt64 = 0
        var last = (marketValue: Int128(0), unrealized: Int128(0))
        var withoutGreeks = 0
        _ = try pass(frames.bytes.count) { totals in
            last = (totals.marketValue.knownRaw, totals.unrealizedPnL.knownRaw)
            trail &+= UInt64(truncatingIfNeeded: last.marketValue + 3 * last.unrealized)
            withoutGreeks = totals.missingGreeks
        }
        guard withoutGreeks == 0 else { throw BenchmarkError("\(withoutGreeks) options without Greeks at the end") }
        return Result(marketValue: Int64(last.marketValue), unrealized: Int64(last.unrealized), trail: trail)
    }

    func round(_ count: Int) throws -> Round {
        var last: Int128 = 0
        let watch = Stopwatch()
        let rows = try pass(min(count, frames.bytes.count)) { last = $0.marketValue.knownRaw }
        let time = watch.elapsed
        guard last != 0 else { throw BenchmarkError("the totals are zero") }
        return Round(time, count: rows)
    }

    /// Takes the first messages through a desk that is as it was at the start; returns the number of rows.
    private func pass(_ count: Int, _ totals: (LiveTotals) -> Void) throws -> Int {
        var engine = initial
        var desk = desk
        var rows = 0
        for number in 0..<count {
            let time = Frames.time(of: number)
            let batch = try desk.read(frames.bytes[number], at: time)
            try engine.apply(
                PortfolioUpdate(sequence: engine.book.sequence + 1, at: time, changes: [.market(batch)]))
            totals(engine.totals)
            rows += desk.rows
        }
        return rows
    }
}

extension LiveTotals.Sum {
    /// What is known as a count of 1e-8; 0, which no benchmark takes for a result, when it leaves the range of money.
    var knownRaw: Int128 { known?.raw ?? 0 }
}
