import PortfolioModel

/// The implied volatility of an option without a closed form: secant steps on the solver's price, kept inside a bracket
/// that shrinks at every step.
struct SolverImpliedVolatility {
    private static let maximumSteps = 60
    private static let highest = 10.0
    /// A secant step as small as this, relative to the volatility, leaves an error of about its power of 1.6.
    private static let settled = 1e-8
    /// Relative change of the volatility over which the answer's own slope is taken.
    private static let probe = 1e-3

    private let model: OptionModel
    /// A grid of prices says nothing of smaller volatilities than 1 %.
    private let lowest: Double

    init(_ model: OptionModel) {
        self.model = model
        lowest = model.effectiveDividends.isEmpty ? 1e-3 : 1e-2
    }

    /// Throws as `ImpliedVolatility.solve`; `price` is above 0. A volatility below 0.1 % (1 % with dividends in cash)
    /// or above 1,000 % is not determined.
    func solve(_ price: Double) throws(ImpliedVolatilityError) -> Double {
        let rounding = 1e-14 * max(model.underlyingPrice, model.strike)
        if price <= model.lowerBound + rounding { throw .belowIntrinsic }
        if price >= model.upperBound { throw .aboveUpperBound }
        var (low, high) = (lowest, Self.highest)
        var guess = start(price)
        var last: (volatility: Double, miss: Double)?
        for step in 0..<Self.maximumSteps {
            let miss = model.price(volatility: guess) - price
            guard miss.isFinite else { throw .notDetermined }
            if miss > 0 { high = guess } else { low = guess }
            let slope = last.map { (miss - $0.miss) / (guess - $0.volatility) } ?? europeanSlope(guess)
            let secant = guess - miss / slope
            // Halving every other step after the first few ends what secants alone might not.
            let isInside = secant > low && secant < high && (step < 8 || step % 2 == 0)
            let next = isInside ? secant : (low * high).squareRoot()
            let isSettled = last != nil && (next - guess).magnitude <= Self.settled * guess
            if isSettled || high - low <= 1e-11 * low { return try checked(next, price) }
            last = (guess, miss)
            guess = next
        }
        throw .notDetermined
    }

    /// A volatility at the range's end was not found but run into; and the price must move there.
    private func checked(_ volatility: Double, _ price: Double) throws(ImpliedVolatilityError) -> Double {
        let isInside = volatility > lowest * (1 + 1e-6) && volatility < Self.highest * (1 - 1e-6)
        let rise = model.price(volatility: volatility * (1 + Self.probe)) - price
        guard isInside, rise >= ImpliedVolatility.leastVega * model.underlyingPrice * volatility * Self.probe else {
            throw .notDetermined
        }
        return volatility
    }

    /// The volatility of a European option of the same price, if there is one.
    private func start(_ price: Double) -> Double {
        let found = try? ImpliedVolatility.solve(price: price, model: model.europeanApproximation)
        return min(max(found ?? 0.3, lowest * 2), Self.highest / 2)
    }

    /// Price change per 1.00 of volatility.
    private func europeanSlope(_ volatility: Double) -> Double {
        model.europeanApproximation.valuation(volatility: volatility).vega * 100
    }
}
