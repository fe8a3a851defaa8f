import Risk

/// W6: value at risk and expected shortfall of a series of returns, and its beta to an index. A unit is all three.
struct TailContestant: Contestant {
    struct Result: Encodable { var rows: Int }

    private let own: [Double]
    private let index: [Double]
    private let found: String

    init(_ series: String, found: String) throws {
        let columns = try Columns.read(series, count: 2)
        (own, index) = (columns[0], columns[1])
        self.found = found
    }

    func check() throws -> Result {
        guard let figures = figures() else { throw BenchmarkError("no figures") }
        try Columns.write(figures.map { [$0] }, to: found)
        return Result(rows: 1)
    }

    func round(_ count: Int) -> Round {
        let watch = Stopwatch()
        var done = 0
        for _ in 0..<count where figures() != nil { done += 1 }
        return Round(watch.elapsed, count: done)
    }

    private func figures() -> [Double]? {
        guard let tail = LossTail(profits: own, confidence: 0.95),
            let beta = BetaEstimator.slope(zip(index, own).map { ($0, $1) })?.slope
        else { return nil }
        return [tail.valueAtRisk, tail.expectedShortfall, beta]
    }
}
