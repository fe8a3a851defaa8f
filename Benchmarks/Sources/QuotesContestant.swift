import PortfolioModel
import Risk

/// Batches of 64 quotes on the large book, each timed from the update to the totals. A unit is a batch.
struct QuotesContestant: Contestant {
    enum Kind { case optionsWithGreeks, optionsAlone, underlyings }
    struct Result: Encodable { var positions: Int }

    private static let size = 64
    private static let checked = 20
    private let kind: Kind
    private let start: LargeBook
    private var engine: RiskEngine
    private var random = SplitMix(seed: 12)

    init(_ kind: Kind) throws {
        self.kind = kind
        start = try LargeBook(feedGreeks: kind == .optionsWithGreeks)
        engine = RiskEngine(book: start.book, settings: start.settings, now: LargeBook.now)
    }

    /// The totals after some batches are those of a computation from scratch.
    mutating func check() throws -> Result {
        for _ in 0..<Self.checked { try engine.apply(update()) }
        let scratch = RiskEngine(
            book: engine.book, settings: engine.settings, now: engine.now, memory: engine.memory)
        guard engine.totals == scratch.totals, engine.totals.missingGreeks < engine.totals.positions / 1000,
            engine.totals.dayPnL.missing == 0
        else {
            throw BenchmarkError("the totals are not those of a computation from scratch, or figures are missing")
        }
        return Result(positions: engine.totals.positions)
    }

    mutating func round(_ count: Int) throws -> Round {
        var taken: [UInt64] = []
        let watch = Stopwatch()
        for _ in 0..<count {
            let update = update()
            let begun = Stopwatch.nanoseconds
            try engine.apply(update)
            taken.append(Stopwatch.nanoseconds - begun)
        }
        var round = Round(watch.elapsed, count: count * Self.size)
        taken.sort()
        round.p50 = Double(taken[taken.count / 2])
        round.p99 = Double(taken[taken.count * 99 / 100])
        return round
    }

    private mutating func update() -> PortfolioUpdate {
        let sequence = engine.book.sequence + 1
        let at = LargeBook.now.adding(.milliseconds(Int64(sequence) * 6))
        var batch = MarketBatch(source: BenchmarkBook.broker, receivedAt: at)
        for _ in 0..<Self.size {
            if kind == .underlyings {
                let chosen = start.underlyings[Int(random.uniform(0, Double(start.underlyings.count)))]
                let price = LargeBook.decimal(chosen.price * random.uniform(0.999, 1.001))
                batch.trades.append(TradeEvent(instrument: chosen.id.raw, price: WireDecimal(price)))
            } else {
                let option = start.options[Int(random.uniform(0, Double(start.options.count)))]
                batch.quotes.append(LargeBook.quote(option.id, option.price + 0.01 * random.uniform(0, 4).rounded()))
                if kind == .optionsWithGreeks { batch.greeks.append(option.greeks) }
            }
        }
        return PortfolioUpdate(sequence: sequence, at: at, changes: [.market(batch)])
    }
}
