import PortfolioModel

/// All of a book that is held in one currency, in base currency at the present rate.
struct FactorBlock: Sendable {
    /// One option at the scenarios' volatility.
    private struct Solved: Sendable {
        let place: Int
        let option: LegPool.Option
        let solved: SolvedPricing
    }

    /// Of the currency's own moves; nil for the base currency.
    let place: Int?
    /// Market value and cash: what FX moves.
    private let value: Double
    private let rows: [Int]
    private let weights: [Double]
    private let options: [Solved]

    /// `pools` by the place of the price that moves them; `volatilityPoints` hold in every scenario.
    init(place: Int?, value: Double, pools: [Int: LegPool], volatilityPoints: Double) {
        (self.place, self.value) = (place, value)
        rows = pools.keys.sorted()
        weights = rows.map { pools[$0]?.linear ?? 0 }
        options = rows.flatMap { row in
            (pools[row]?.options ?? []).map {
                Solved(
                    place: row, option: $0,
                    solved: SolvedPricing($0.pricing, volatilityPoints: volatilityPoints))
            }
        }
    }

    /// Adds the profit of each scenario, with FX on the closing value.
    func add(_ values: [Double], count: Int, to total: inout [Double]) {
        var profits = [Double](repeating: 0, count: count)
        LinearStep.add(weights, rows: rows, of: values, count: count, to: &profits)
        for item in options {
            let (option, solved) = (item.option, item.solved)
            for t in 0..<count {
                let moved = option.price * (1 + values[item.place * count + t])
                profits[t] += option.scale * (solved.price(at: moved) - option.now)
            }
        }
        guard let place else {
            for t in 0..<count { total[t] += profits[t] }
            return
        }
        for t in 0..<count { total[t] += profits[t] + (value + profits[t]) * values[place * count + t] }
    }
}
