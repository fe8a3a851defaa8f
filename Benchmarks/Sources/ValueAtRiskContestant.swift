import PortfolioModel
import Risk

/// Historical value at risk of the large book over 500 days, every option revalued in each. A unit is one figure.
struct ValueAtRiskContestant: Contestant {
    struct Result: Encodable { var days: Int, parts: Int }

    private let book: RevaluationBook
    private let returns: FactorReturns

    init() throws {
        let start = try LargeBook(feedGreeks: true)
        book = RevaluationBook(
            RiskEngine.view(of: start.book, settings: start.settings, at: LargeBook.now))
        var random = SplitMix(seed: 14)
        let last = MarketZone.newYork.date(of: LargeBook.now)
        func series(_ price: Double) -> CloseSeries {
            var price = price
            return CloseSeries(
                (0...500).map { day in
                    price *= 1 + random.uniform(-0.03, 0.03)
                    return (last.adding(days: day - 501), price)
                })
        }
        var history = FactorHistory(base: book.base)
        for factor in book.factors {
            switch factor {
            case .price(let id): history.closes[id] = series(100)
            case .currency(let code): history.rates[code] = series(1)
            }
        }
        returns = FactorReturns(book.factors, from: history)
    }

    func check() throws -> Result {
        let found = figure()
        guard found.unknown == nil, found.historical != nil, found.coverage.uncovered.isEmpty else {
            throw BenchmarkError("no value at risk: \(found.unknown ?? "not covered")")
        }
        return Result(days: returns.count, parts: found.coverage.parts)
    }

    func round(_ count: Int) -> Round {
        let watch = Stopwatch()
        for _ in 0..<count { _ = figure() }
        return Round(watch.elapsed, count: count)
    }

    /// Monte Carlo comes with it; one path is next to nothing.
    private func figure() -> ValueAtRisk { ValueAtRisk(book, returns, settings: .init(paths: 1)) }
}
