package import Foundation

extension MarketModel {
    /// The underlying's price, not rounded.
    package func spot(of instrument: Int) -> Double {
        spots[instruments[instrument].underlying].price
    }

    /// The formula that prices an option now; nil for anything else.
    package func formula(of instrument: Int) -> OptionFormula? {
        formula(of: instrument, at: now)
    }

    /// The surface's volatility for an option, as a fraction.
    package func volatility(of instrument: Int) -> Double? {
        guard let formula = formula(of: instrument) else { return nil }
        return volatility(of: instrument, formula: formula, spot: spot(of: instrument))
    }

    /// The option's price before rounding to ticks; nil for anything else.
    package func theoreticalPrice(of instrument: Int) -> Double? {
        guard let formula = formula(of: instrument) else { return nil }
        let spot = spot(of: instrument)
        return formula.price(spot: spot, volatility: volatility(of: instrument, formula: formula, spot: spot))
    }

    /// Unit Greeks of an option; nil for anything else. A fixed row has its own.
    package func greeks(of instrument: Int) -> MarketGreeks? {
        if faults[instrument] == .notANumber, instruments[instrument].option != nil {
            return MarketGreeks(
                price: .nan, volatility: .nan, delta: .nan, gamma: .nan, theta: .nan, vega: .nan, rho: .nan)
        }
        if let row = fixed[instrument] { return row.greeks }
        guard let formula = formula(of: instrument) else { return nil }
        let spot = spot(of: instrument)
        return formula.greeks(spot: spot, volatility: volatility(of: instrument, formula: formula, spot: spot))
    }

    /// The instant an option ends: 16:00 New York on its day, 9:30 when it settles in the morning.
    package static func expiryInstant(of option: MarketInstrument.Option) -> Date {
        option.settlement == .morning
            ? option.expiry.newYork(hour: 9, minute: 30) : option.expiry.newYork(hour: 16, minute: 0)
    }

    func formula(of instrument: Int, at instant: Date) -> OptionFormula? {
        guard let option = instruments[instrument].option else { return nil }
        let left = Self.expiryInstant(of: option).timeIntervalSince(instant)
        let underlying = instruments[instrument].underlying
        return OptionFormula(
            isCall: option.right == .call, strike: option.strike.double, years: max(left, 900) / (365 * 86_400),
            rate: UnderlyingSpec.rate, yield: specs[underlying].dividendYield,
            isOnFuture: instruments[instrument].isFutureOption)
    }

    func volatility(of instrument: Int, formula: OptionFormula, spot: Double) -> Double {
        surface.volatility(
            base: specs[instruments[instrument].underlying].volatility, strike: formula.strike,
            forward: formula.forward(spot: spot), years: formula.years)
    }
}
