import PortfolioModel

/// The implied volatility of an option without a closed form: Newton's steps on the solver's price, kept inside a
/// bracket that shrinks at every step.
struct SolverImpliedVolatility {
    private static let maximumSteps = 60
    private static let range: ClosedRange<Double> = 1e-3...10

    private let model: OptionModel

    init(_ model: OptionModel) { self.model = model }

    /// Throws as `ImpliedVolatility.solve`; `price` is above 0.
    func solve(_ price: Double) throws(ImpliedVolatilityError) -> Double {
        if price <= model.lowerBound { throw .belowIntrinsic }
        if price >= model.upperBound { throw .aboveUpperBound }
        var (low, high) = (Self.range.lowerBound, Self.range.upperBound)
        var guess = start(price)
        for _ in 0..<Self.maximumSteps {
            let found = model.valuation(volatility: guess)
            let miss = found.price - price
            guard miss.isFinite else { throw .notDetermined }
            if miss > 0 { high = guess } else { low = guess }
            let newton = guess - miss / (found.vega * 100)
            let next = newton > low && newton < high ? newton : (low * high).squareRoot()
            let change = (next - guess).magnitude
            if change <= 1e-11 * guess || high - low <= 1e-11 * low {
                guard found.vega * 100 >= ImpliedVolatility.leastVega * model.underlyingPrice else {
                    throw .notDetermined
                }
                return next
            }
            guess = next
        }
        throw .notDetermined
    }

    /// The volatility of a European option of the same price, if there is one.
    private func start(_ price: Double) -> Double {
        var european = model
        european.exercise = .european
        european.underlyingPrice = model.forward * exponential(-model.carry * model.years)
        european.dividends = []
        let found = try? ImpliedVolatility.solve(price: price, model: european)
        return min(max(found ?? 0.3, Self.range.lowerBound * 2), Self.range.upperBound / 2)
    }
}
