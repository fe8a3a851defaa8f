/// Prices and Greeks of many European options at once, four to a step. Agrees with the scalar functions within
/// 1e-12 x max(spot, strike) in price and 1e-10 in Greeks; rows that are no option are NaN throughout.
package enum EuropeanBatch {
    /// Values every option at its volatility. `result` keeps its storage from call to call; vanna, volga and charm are
    /// filled only `withSecondOrder`. All columns must have one length.
    package static func value(
        _ options: OptionColumns, volatility: [Double], withSecondOrder: Bool = false,
        into result: inout ValuationColumns
    ) {
        options.requireEqualLengths()
        precondition(volatility.count == options.count, "columns of different lengths")
        result.resize(to: options.count, withSecondOrder: withSecondOrder)
        valueFirstOrder(
            options, volatility, &result.price, &result.delta, &result.gamma, &result.theta, &result.vega, &result.rho)
        if withSecondOrder {
            valueSecondOrder(options, volatility, &result.vanna, &result.volga, &result.charm)
        }
    }

    private static func valueFirstOrder(
        _ options: OptionColumns, _ volatility: [Double], _ prices: inout [Double], _ deltas: inout [Double],
        _ gammas: inout [Double], _ thetas: inout [Double], _ vegas: inout [Double], _ rhos: inout [Double]
    ) {
        let (sign, spot, strike) = (options.sign.span, options.underlyingPrice.span, options.strike.span)
        let (years, rate, volatility) = (options.years.span, options.rate.span, volatility.span)
        let yield = options.isOnFuture ? options.rate.span : options.yield.span
        var price = prices.mutableSpan
        var delta = deltas.mutableSpan
        var gamma = gammas.mutableSpan
        var theta = thetas.mutableSpan
        var vega = vegas.mutableSpan
        var rho = rhos.mutableSpan
        for row in stride(from: 0, to: sign.count, by: Lanes.width) {
            let found = LognormalLanes(
                sign: sign.lanes(at: row), spot: spot.lanes(at: row), strike: strike.lanes(at: row),
                years: years.lanes(at: row), rate: rate.lanes(at: row), yield: yield.lanes(at: row),
                volatility: volatility.lanes(at: row), isOnFuture: options.isOnFuture)
            price.store(found.price, at: row)
            delta.store(found.delta, at: row)
            gamma.store(found.gamma, at: row)
            theta.store(found.theta, at: row)
            vega.store(found.vega, at: row)
            rho.store(found.rho, at: row)
        }
    }

    private static func valueSecondOrder(
        _ options: OptionColumns, _ volatility: [Double], _ vannas: inout [Double], _ volgas: inout [Double],
        _ charms: inout [Double]
    ) {
        let (sign, spot, strike) = (options.sign.span, options.underlyingPrice.span, options.strike.span)
        let (years, rate, volatility) = (options.years.span, options.rate.span, volatility.span)
        let yield = options.isOnFuture ? options.rate.span : options.yield.span
        var vanna = vannas.mutableSpan
        var volga = volgas.mutableSpan
        var charm = charms.mutableSpan
        for row in stride(from: 0, to: sign.count, by: Lanes.width) {
            let (time, deviation) = (years.lanes(at: row), volatility.lanes(at: row))
            let found = LognormalLanes(
                sign: sign.lanes(at: row), spot: spot.lanes(at: row), strike: strike.lanes(at: row), years: time,
                rate: rate.lanes(at: row), yield: yield.lanes(at: row), volatility: deviation,
                isOnFuture: options.isOnFuture)
            vanna.store(found.vanna(volatility: deviation), at: row)
            volga.store(found.volga(volatility: deviation), at: row)
            charm.store(found.charm(years: time), at: row)
        }
    }
}
