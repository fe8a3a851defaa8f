import PortfolioModel

/// The implied volatility of an option without a closed form: Halley's steps on the solver's price, vega and volga, all
/// from one solution, kept inside a bracket that shrinks at every step.
struct SolverImpliedVolatility {
    private static let maximumSteps = 60
    /// A step as small as this, relative to the volatility, ends it: vega is inexact by half near an exercise boundary.
    private static let settled = 2e-9
    /// So does one after which the next would be as small as this if steps go on shrinking only as they last did; they
    /// shrink with the cube.
    private static let expected = 1e-11

    private let model: OptionModel
    /// A grid of prices says nothing of smaller volatilities than 1 %, nor of ones beyond its reach.
    private let lowest: Double
    private let highest: Double

    init(_ model: OptionModel) {
        self.model = model
        lowest = model.effectiveDividends.isEmpty ? 1e-3 : 1e-2
        let reach = SolvedOption.needsGrid(model) ? SolvedOption.widestGrid / model.years.squareRoot() : 10
        highest = min(10, reach)
    }

    /// Throws as `ImpliedVolatility.solve`; `price` is above 0. A volatility below 0.1 % (1 % with dividends in cash)
    /// or above 1,000 % (or a grid's reach) is not determined.
    func solve(_ price: Double) throws(ImpliedVolatilityError) -> Double {
        let rounding = 1e-14 * max(model.underlyingPrice, model.strike)
        if price < model.lowerBound - rounding { throw .belowIntrinsic }
        if price <= model.lowerBound + rounding { throw .notDetermined }
        if price >= model.upperBound { throw .aboveUpperBound }
        var (low, high) = (lowest, highest)
        var guess = start(price)
        var before: Double?
        for step in 0..<Self.maximumSteps {
            guard let solved = SolvedOption(model, volatility: guess, .volatilityGreeks) else { throw .notDetermined }
            let found = solved.valuation(at: model.underlyingPrice)
            let miss = found.price - price
            guard miss.isFinite else { throw .notDetermined }
            if miss > 0 { high = guess } else { low = guess }
            let proposed = guess - Self.step(miss, found)
            // Halving every other step after the first few ends what steps alone might not.
            let isInside = proposed > low && proposed < high && (step < 8 || step % 2 == 0)
            let next = isInside ? proposed : (low * high).squareRoot()
            let change = (next - guess).magnitude / guess
            if change <= Self.settled || (isInside && Self.isLast(change, after: before)) {
                return try checked(next, slope: found.vega * 100)
            }
            guess = next
            before = isInside ? change : nil
        }
        throw .notDetermined
    }

    private static func isLast(_ change: Double, after before: Double?) -> Bool {
        guard let before, change < before / 100 else { return false }
        return change * change / before <= expected
    }

    /// Halley's, or Newton's where the price bends too much for it.
    private static func step(_ miss: Double, _ found: OptionValuation) -> Double {
        let newton = miss / (found.vega * 100)
        let bend = newton * found.volga * 10_000 / (2 * found.vega * 100)
        return bend.magnitude < 0.5 ? newton / (1 - bend) : newton
    }

    /// A volatility at the range's end was not found but run into; and the price must move there.
    private func checked(_ volatility: Double, slope: Double) throws(ImpliedVolatilityError) -> Double {
        let isInside = volatility > lowest * (1 + 1e-4) && volatility < highest * (1 - 1e-4)
        guard isInside, slope >= ImpliedVolatility.leastVega * model.underlyingPrice else { throw .notDetermined }
        return volatility
    }

    /// The volatility of a European option of the same price, if there is one.
    private func start(_ price: Double) -> Double {
        let found = try? ImpliedVolatility.solve(price: price, model: model.europeanApproximation)
        return min(max(found ?? 0.3, lowest * 2), highest / 2)
    }
}
