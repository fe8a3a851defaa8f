import PortfolioModel

/// Finds the volatility that gives a price, in a bounded number of steps, or says why there is none. European options
/// by Jaeckel's method (Let's Be Rational, 2015), exact to about 1e-11 where it answers.
package struct ImpliedVolatility: Sendable {
    /// Price change per 1.00 of volatility, per unit of the underlying's price, below which a price says nothing.
    package static let leastVega = 1e-5

    /// The volatility of a quote's mid, as a fraction. `bid` nil or 0 throws `.noBid`.
    package static func solve(
        bid: Double?, ask: Double?, model: OptionModel
    ) throws(ImpliedVolatilityError) -> Double {
        guard let bid, bid > 0 else { throw .noBid }
        guard let ask, ask.isFinite, ask > 0 else { throw .notDetermined }
        if bid > ask { throw .crossed }
        return try solve(price: (bid + ask) / 2, model: model)
    }

    /// The volatility of a price, as a fraction; in price units per root of a year for Bachelier.
    package static func solve(price: Double, model: OptionModel) throws(ImpliedVolatilityError) -> Double {
        if model.years <= 0 { throw .expired }
        guard price.isFinite, model.isPriceable else { throw .notDetermined }
        if price < 0 { throw .belowIntrinsic }
        if price == 0 { throw model.lowerBound > 0 ? .belowIntrinsic : .notDetermined }
        if model.needsSolver { return try SolverImpliedVolatility(model).solve(price) }
        return model.formula == .bachelier ? try solveNormal(price, model) : try solveLognormal(price, model)
    }

    private static func solveLognormal(_ price: Double, _ model: OptionModel) throws(ImpliedVolatilityError) -> Double {
        let yield = model.effectiveYield
        let kept = DoublePair(exponentialOf: -yield, times: model.years)
        let discount = DoublePair(exponentialOf: -model.rate, times: model.years)
        let (asset, money) = (model.underlyingPrice * kept.high, model.strike * discount.high)
        let distance =
            logarithmOfRatio(model.underlyingPrice, model.strike) + model.carry * model.years
        let gain =
            model.sign * kept.difference(times: model.underlyingPrice, discount, times: model.strike)
        let isIn = model.sign * distance > 0
        // The out-of-the-money option of the pair has the same volatility and only time value.
        let time = isIn ? price - gain : price
        let bound = model.right == .call ? asset : money
        if price >= bound { throw .aboveUpperBound }
        try Self.refuse(time, model)
        let unit = (asset * money).squareRoot()
        let black = NormalisedBlack(x: -distance.magnitude)
        // What the option lacks to its bound is what its pair's time value lacks to that one's bound.
        guard let width = black.solve(price: time / unit, rest: (bound - price) / unit) else { throw .notDetermined }
        let root = model.years.squareRoot()
        guard unit * black.slope(width) * root >= leastVega * model.underlyingPrice else { throw .notDetermined }
        return width / root
    }

    /// Throws for a price without time value: where it lacks no more than rounding it is what exercise is worth.
    private static func refuse(_ time: Double, _ model: OptionModel) throws(ImpliedVolatilityError) {
        if time > 0 { return }
        let rounding = 1e-14 * max(model.underlyingPrice.magnitude, model.strike.magnitude)
        throw time < -rounding ? .belowIntrinsic : .notDetermined
    }

    private static func solveNormal(_ price: Double, _ model: OptionModel) throws(ImpliedVolatilityError) -> Double {
        let kept = DoublePair(exponentialOf: model.carry - model.rate, times: model.years)
        let discount = DoublePair(exponentialOf: -model.rate, times: model.years)
        let gain = model.sign * kept.difference(times: model.underlyingPrice, discount, times: model.strike)
        let time = gain > 0 ? price - gain : price
        try Self.refuse(time, model)
        let root = model.years.squareRoot()
        let distance = gain.magnitude / discount.high
        guard let width = NormalTimeValue.width(time / discount.high, distance: distance),
            discount.high * root * Normal.density(distance / width) >= leastVega
        else { throw .notDetermined }
        return width / root
    }
}
