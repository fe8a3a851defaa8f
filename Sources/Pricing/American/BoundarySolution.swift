import PortfolioModel

/// An American option without cash dividends, solved at one volatility: calls are puts with underlying and strike, rate
/// and yield exchanged (McDonald and Schroder, A Parity Result for American Options, 1998).
struct BoundarySolution {
    private let model: OptionModel
    private let volatility: Double
    private let put: AmericanPut
    private let changes: Changes?

    /// By the coarse boundary, of which only differences are used: as it is, and with other inputs.
    private struct Changes {
        var middle: AmericanPut
        var up: AmericanPut
        var down: AmericanPut
        var volatilityStep: Double
        /// nil where rho is not wanted.
        var rates: (dear: AmericanPut, cheap: AmericanPut, step: Double)?
    }

    /// Interest on what exercise brings is above 0. What `detail` leaves out is unknown.
    init(_ model: OptionModel, volatility: Double, _ detail: SolvedOption.Detail) {
        self.model = model
        self.volatility = volatility
        let coarse = ExerciseBoundary(coarse: Self.inputs(model, volatility))
        put = AmericanPut(ExerciseBoundary(refining: coarse))
        changes = detail == .prices ? nil : Self.changes(model, volatility, coarse, withRates: detail == .all)
    }

    private static func changes(
        _ model: OptionModel, _ volatility: Double, _ coarse: ExerciseBoundary, withRates: Bool
    ) -> Changes {
        func moved(_ change: Double, _ volatility: Double, steps: Int) -> AmericanPut {
            var other = model
            other.rate += change
            return AmericanPut(coarse.moved(to: inputs(other, volatility), steps: steps))
        }
        let step = 1e-2 * volatility
        let rateStep = min(1e-3, coarse.inputs.rate / 2)
        return Changes(
            middle: AmericanPut(coarse), up: moved(0, volatility + step, steps: 2),
            down: moved(0, volatility - step, steps: 2), volatilityStep: step,
            rates: withRates
                ? (moved(rateStep, volatility, steps: 1), moved(-rateStep, volatility, steps: 1), rateStep) : nil)
    }

    /// Interest on the strike below which it is taken for this: 1e-8 of the strike over ten years.
    private static let leastRate = 1e-9

    private static func inputs(_ model: OptionModel, _ volatility: Double) -> ExerciseBoundary.Inputs {
        let (rate, yield) = (model.rate, model.effectiveYield)
        return ExerciseBoundary.Inputs(
            rate: max(leastRate, model.right == .put ? rate : yield), yield: model.right == .put ? yield : rate,
            volatility: volatility, years: model.years)
    }

    func price(at spot: Double) -> Double { value(put, spot).price }

    /// Price and the three derivatives in the underlying's price.
    private func value(_ put: AmericanPut, _ spot: Double) -> AmericanPut.Value {
        let strike = model.strike
        if model.right == .put {
            let found = put.value(spot / strike)
            return AmericanPut.Value(
                price: found.price * strike, delta: found.delta, gamma: found.gamma / strike,
                speed: found.speed / (strike * strike))
        }
        let ratio = strike / spot
        let found = put.value(ratio)
        let square = ratio * ratio
        return AmericanPut.Value(
            price: found.price * spot, delta: found.price - ratio * found.delta, gamma: square * found.gamma / spot,
            speed: -square * (3 * found.gamma + ratio * found.speed) / (spot * spot))
    }

    /// Delta and gamma are derivatives of the integral; theta and charm follow from the equation that prices obey while
    /// the option is held; vega, volga, vanna and rho come from the boundaries of slightly other inputs.
    func valuation(at spot: Double) -> OptionValuation {
        let here = value(put, spot)
        let (rate, carry, square) = (model.rate, model.carry, volatility * volatility)
        if here.gamma == 0 && here.speed == 0 {
            return OptionValuation(
                price: here.price, delta: here.delta, gamma: 0, theta: 0, vega: 0, rho: 0, vanna: 0, volga: 0, charm: 0)
        }
        let decay = rate * here.price - carry * spot * here.delta - square * spot * spot * here.gamma / 2
        let drift =
            square * spot * spot * here.speed / 2 + (square + carry) * spot * here.gamma
            - (rate - carry) * here.delta
        let slopes = slopes(spot)
        return OptionValuation(
            price: here.price, delta: here.delta, gamma: here.gamma, theta: decay / 365, vega: slopes.vega / 100,
            rho: slopes.rho / 100, vanna: slopes.vanna / 100, volga: slopes.volga / 10_000, charm: -drift / 365)
    }

    /// Derivatives in volatility and rate, per 1.00 of them.
    private func slopes(_ spot: Double) -> (vega: Double, volga: Double, vanna: Double, rho: Double) {
        guard let changes else { return (.nan, .nan, .nan, .nan) }
        let (step, middle) = (changes.volatilityStep, value(changes.middle, spot))
        let (up, down) = (value(changes.up, spot), value(changes.down, spot))
        let rho = changes.rates.map { (value($0.dear, spot).price - value($0.cheap, spot).price) / (2 * $0.step) }
        return (
            (up.price - down.price) / (2 * step), (up.price - 2 * middle.price + down.price) / (step * step),
            (up.delta - down.delta) / (2 * step), rho ?? .nan
        )
    }
}
