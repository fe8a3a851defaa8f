import PortfolioModel

/// All of a book that is held in one currency, in base currency at the present rate.
struct FactorBlock: Sendable {
    /// One option over all its legs.
    private struct Option: Sendable {
        let place: Int
        let price: Double
        let solved: SolvedPricing
        let now: Double
        /// Base currency per 1.00 of its price.
        var scale: Double
    }

    private struct OptionKey: Hashable {
        let place: Int
        let price: Double
        let pricing: PositionPricing
    }

    /// Of the currency's own returns; nil for the base currency.
    let place: Int?
    /// Market value and cash: what FX moves.
    var value = 0.0
    private var linear: [Int: Double] = [:]
    private var options: [Option] = []
    private var optionPlaces: [OptionKey: Int] = [:]

    init(place: Int?) { self.place = place }

    /// `place` is that of the leg's price factor.
    mutating func add(_ leg: RevaluationLeg, _ place: Int) {
        value += leg.marketValue * leg.fx
        let scale = leg.quantity * leg.multiplier * leg.fx
        guard case .option(let pricing) = leg.form else {
            linear[place, default: 0] += scale * leg.price
            return
        }
        let key = OptionKey(place: place, price: leg.price, pricing: pricing)
        if let known = optionPlaces[key] {
            options[known].scale += scale
        } else {
            let solved = SolvedPricing(pricing)
            optionPlaces[key] = options.count
            options.append(
                Option(place: place, price: leg.price, solved: solved, now: solved.price(at: leg.price), scale: scale))
        }
    }

    /// Profit of each scenario before FX moves, at the present rate.
    func profits(_ values: [Double], count: Int) -> [Double] {
        var profits = [Double](repeating: 0, count: count)
        let rows = linear.keys.sorted()
        LinearStep.add(rows.map { linear[$0] ?? 0 }, rows: rows, of: values, count: count, to: &profits)
        for option in options {
            for t in 0..<count {
                let moved = option.price * (1 + values[option.place * count + t])
                profits[t] += option.scale * (option.solved.price(at: moved) - option.now)
            }
        }
        return profits
    }
}
