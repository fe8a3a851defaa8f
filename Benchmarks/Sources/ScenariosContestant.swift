import Risk

/// W6: profit of a book in each of many scenarios where value is linear. A unit is a whole product.
struct ScenariosContestant: Contestant {
    struct Result: Encodable { var rows: Int }

    private let returns: [Double]
    private let exposures: [Double]
    private let rows: [Int]
    private let count: Int
    private let found: String

    init(returns: String, exposures: String, found: String) throws {
        self.exposures = try Columns.read(exposures, count: 1)[0]
        self.returns = try Columns.read(returns, count: 1)[0]
        rows = Array(self.exposures.indices)
        count = self.returns.count / self.exposures.count
        self.found = found
    }

    func check() throws -> Result {
        try Columns.write([profits()], to: found)
        return Result(rows: count)
    }

    func round(_ count: Int) -> Round {
        let watch = Stopwatch()
        var sum = 0.0
        for _ in 0..<count { sum += profits()[0] }
        return Round(watch.elapsed, count: sum.isFinite ? count : 0)
    }

    private func profits() -> [Double] {
        var profits = [Double](repeating: 0, count: count)
        LinearStep.add(exposures, rows: rows, of: returns, count: count, to: &profits)
        return profits
    }
}
