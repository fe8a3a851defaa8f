/// Implied volatilities of many European options at once, four to a step. Rows that do not settle in the bounded steps,
/// or have no answer, are handed to the scalar function, which gives the volatility or the reason.
package enum ImpliedVolatilityBatch {
    /// Solves every row for its price. All columns must have one length.
    package static func solve(
        _ options: OptionColumns, price: [Double], into result: inout ImpliedVolatilityColumns
    ) {
        options.requireEqualLengths()
        precondition(price.count == options.count, "columns of different lengths")
        result.volatility.removeAll(keepingCapacity: true)
        result.failure.removeAll(keepingCapacity: true)
        result.volatility.append(contentsOf: repeatElement(.nan, count: options.count))
        result.failure.append(contentsOf: repeatElement(nil, count: options.count))
        fill(options, price, &result.volatility)
        for row in 0..<options.count where !result.volatility[row].isFinite {
            do throws(ImpliedVolatilityError) {
                result.volatility[row] = try ImpliedVolatility.solve(price: price[row], model: options.model(at: row))
            } catch {
                result.failure[row] = error
            }
        }
    }

    private static func fill(_ options: OptionColumns, _ price: [Double], _ volatilities: inout [Double]) {
        let (sign, spot, strike) = (options.sign.span, options.underlyingPrice.span, options.strike.span)
        let (years, rate, prices) = (options.years.span, options.rate.span, price.span)
        let yield = options.isOnFuture ? options.rate.span : options.yield.span
        var volatility = volatilities.mutableSpan
        var row = 0
        while row < sign.count {
            let found = solve(
                sign: sign.lanes(at: row), spot: spot.lanes(at: row), strike: strike.lanes(at: row),
                years: years.lanes(at: row), rate: rate.lanes(at: row), yield: yield.lanes(at: row),
                price: prices.lanes(at: row))
            volatility.store(found, at: row)
            row += Lanes.width
        }
    }

    /// NaN where there is no answer, or none yet.
    @inline(__always)
    private static func solve(
        sign: Lanes, spot: Lanes, strike: Lanes, years: Lanes, rate: Lanes, yield: Lanes, price: Lanes
    ) -> Lanes {
        let kept = LanePair(exponentialOf: -yield, times: years)
        let discount = LanePair(exponentialOf: -rate, times: years)
        let asset = spot * kept.high
        let money = strike * discount.high
        let distance = spot.logarithm(over: strike) + (rate - yield) * years
        let gain = sign * kept.difference(times: spot, discount, times: strike)
        let isIn = (sign * distance) .> Lanes.zero
        let time = (price - gain).when(isIn, else: price)
        let unit = (asset * money).squareRoot()
        let limit = asset.when(distance .<= Lanes.zero, else: money) / unit
        let rest = (asset.when(sign .> Lanes.zero, else: money) - price) / unit
        let black = NormalisedBlackLanes(x: -distance.magnitude, limit: limit)
        let (width, found) = black.solve(price: time / unit, rest: rest)
        let root = years.squareRoot()
        let vega = unit * black.slope(width) * root
        let isOption =
            (spot .> Lanes.zero) .& (strike .> Lanes.zero) .& (years .> Lanes.zero) .& (time .> Lanes.zero)
            .& (rest .> Lanes.zero)
        let isDetermined = found .& isOption .& (vega .>= spot * ImpliedVolatility.leastVega)
        return (width / root).when(isDetermined, else: Lanes(repeating: .nan))
    }
}
