import Pricing

/// Legs that move with one price, added up for many scenarios: linear ones to one figure, each different option once
/// however many legs hold it. In base currency at the present rate.
struct LegPool: Sendable {
    /// One option over all its legs.
    struct Option: Sendable {
        let price: Double
        let pricing: PositionPricing
        /// Base currency per 1.00 of its price.
        var scale: Double
        /// Its model price as the market stands.
        let now: Double
    }

    /// What makes two legs one option: everything but how much of it each holds.
    private struct Key: Hashable {
        let price: Double
        let model: OptionModel
        let terms: [Double]

        init(_ leg: RevaluationLeg, _ pricing: PositionPricing) {
            price = leg.price
            model = pricing.model
            terms = [pricing.volatility, pricing.slope, pricing.offset]
        }
    }

    /// Profit for a relative move of 1.
    private(set) var linear = 0.0
    private(set) var options: [Option] = []
    private var places: [Key: Int] = [:]

    mutating func add(_ leg: RevaluationLeg) {
        let scale = leg.quantity * leg.multiplier * leg.fx
        guard case .option(let pricing) = leg.form else {
            linear += scale * leg.price
            return
        }
        let key = Key(leg, pricing)
        if let place = places[key] {
            options[place].scale += scale
        } else {
            places[key] = options.count
            let now = SolvedPricing(pricing).price(at: leg.price)
            options.append(Option(price: leg.price, pricing: pricing, scale: scale, now: now))
        }
    }

    /// Adds the profit of each relative move of the price at each move of the volatility, with time moved the same for
    /// all of them. The moves of one volatility stand together.
    func addProfits(
        _ moves: [Double], volatilityPoints: [Double], days: Double, to profits: inout ArraySlice<Double>
    ) {
        let prices = moves.map { 1 + max(-1, $0) }
        for place in profits.indices {
            profits[place] += linear * (prices[(place - profits.startIndex) % prices.count] - 1)
        }
        for option in options {
            var place = profits.startIndex
            for solved in SolvedPricing.all(option.pricing, volatilityPoints: volatilityPoints, days: days) {
                for price in prices {
                    profits[place] += option.scale * (solved.price(at: option.price * price) - option.now)
                    place += 1
                }
            }
        }
    }
}
