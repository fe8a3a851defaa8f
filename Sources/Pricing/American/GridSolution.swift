import PortfolioModel

/// An option with cash dividends or of a kind that has no exercise boundary, solved at one volatility on a grid for all
/// underlying prices at once. The underlying falls by each dividend on its ex-date (spot dividend model).
struct GridSolution {
    private let model: OptionModel
    private let volatility: Double
    /// Two grids, one with twice the nodes and steps, for taking the leading error off (Richardson).
    private let fine: GridValues
    private let coarse: GridValues
    /// Of the coarse grid. More steps hardly change the worst error of the references: the nodes make it
    /// (docs/performance.md).
    private static let nodes = 110
    private static let steps = 14
    private static let volatilityStep = 0.01
    private static let rateStep = 1e-5

    init(_ model: OptionModel, volatility: Double, nodes: Int = Self.nodes, steps: Int = Self.steps) {
        self.model = model
        self.volatility = volatility
        let rates = Lanes(0, 0, 0, Self.rateStep) + model.rate
        let volatilities = Lanes(1, 1 + Self.volatilityStep, 1 - Self.volatilityStep, 1) * volatility
        coarse = GridValues(model, rates: rates, volatilities: volatilities, nodes: nodes, steps: steps, factor: 1)
        fine = GridValues(model, rates: rates, volatilities: volatilities, nodes: nodes, steps: steps, factor: 2)
    }

    /// Prices alone, at as many volatilities as there are lanes: they cost what one costs.
    init(_ model: OptionModel, volatilities: Lanes, nodes: Int = Self.nodes, steps: Int = Self.steps) {
        self.model = model
        volatility = .nan
        let rates = Lanes(repeating: model.rate)
        coarse = GridValues(model, rates: rates, volatilities: volatilities, nodes: nodes, steps: steps, factor: 1)
        fine = GridValues(model, rates: rates, volatilities: volatilities, nodes: nodes, steps: steps, factor: 2)
    }

    private func slopes(_ spot: Double, orders: Int) -> [Lanes] {
        let here = logarithm(spot / model.strike)
        return zip(fine.slopes(here, orders: orders), coarse.slopes(here, orders: orders)).map {
            $0 + ($0 - $1) * (1 / 3.0)
        }
    }

    private func intrinsic(_ spot: Double) -> Double { max(0, model.sign * (spot - model.strike)) }

    /// Whether the option is exercised at a price.
    private func isExercised(_ spot: Double, lane: Int = 0) -> Bool {
        guard model.exercise == .american, intrinsic(spot) > 0 else { return false }
        return fine.isExercised(logarithm(spot / model.strike), model, lane: lane)
    }

    func price(at spot: Double, lane: Int = 0) -> Double {
        if isExercised(spot, lane: lane) { return intrinsic(spot) }
        let found = slopes(spot, orders: 0)[0][lane]
        return max(found, model.exercise == .american ? intrinsic(spot) : 0)
    }

    /// Delta, gamma and what theta and charm need are derivatives of the grid's polynomial; vega, volga, vanna and rho
    /// are differences between the lanes.
    func valuation(at spot: Double) -> OptionValuation {
        if isExercised(spot) {
            return OptionValuation(
                price: intrinsic(spot), delta: model.sign, gamma: 0, theta: 0, vega: 0, rho: 0, vanna: 0, volga: 0,
                charm: 0)
        }
        let slopes = slopes(spot, orders: 3)
        // In the price instead of its logarithm.
        let first = slopes[1] * (1 / spot)
        let second = (slopes[2][0] - slopes[1][0]) / (spot * spot)
        let third = (slopes[3][0] - 3 * slopes[2][0] + 2 * slopes[1][0]) / (spot * spot * spot)
        let price = slopes[0]
        let (rate, carry, square) = (model.rate, model.carry, volatility * volatility)
        let decay = rate * price[0] - carry * spot * first[0] - square * spot * spot * second / 2
        let drift =
            square * spot * spot * third / 2 + (square + carry) * spot * second - (rate - carry) * first[0]
        let step = Self.volatilityStep * volatility
        return OptionValuation(
            price: max(price[0], model.exercise == .american ? intrinsic(spot) : 0), delta: first[0], gamma: second,
            theta: decay / 365, vega: (price[1] - price[2]) / (2 * step) / 100,
            rho: (price[3] - price[0]) / Self.rateStep / 100, vanna: (first[1] - first[2]) / (2 * step) / 100,
            volga: (price[1] - 2 * price[0] + price[2]) / (step * step) / 10_000, charm: -drift / 365)
    }
}
