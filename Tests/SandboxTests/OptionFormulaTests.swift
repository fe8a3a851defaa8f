import Foundation
import Sandbox
import Testing

struct OptionFormulaTests {
    private func formula(_ isCall: Bool, _ strike: Double, _ years: Double, onFuture: Bool) -> OptionFormula {
        OptionFormula(isCall: isCall, strike: strike, years: years, rate: 0.042, yield: 0.012, isOnFuture: onFuture)
    }

    @Test(arguments: [480.0, 560, 600, 640, 760], [0.01, 0.08, 0.5, 1])
    func callMinusPut_isTheForwardsValue_forEveryStrike(strike: Double, years: Double) {
        for onFuture in [false, true] {
            let call = formula(true, strike, years, onFuture: onFuture)
            let put = formula(false, strike, years, onFuture: onFuture)
            let difference = call.price(spot: 600, volatility: 0.2) - put.price(spot: 600, volatility: 0.2)
            let forward = onFuture ? 600 : 600 * exp((0.042 - 0.012) * years)
            #expect(abs(difference - exp(-0.042 * years) * (forward - strike)) < 1e-9)
        }
    }

    @Test(arguments: [540.0, 590, 600, 610, 660], [0.02, 0.1, 1])
    func greeks_satisfyParity_betweenCallAndPut(strike: Double, years: Double) {
        let call = formula(true, strike, years, onFuture: false).greeks(spot: 600, volatility: 0.2)
        let put = formula(false, strike, years, onFuture: false).greeks(spot: 600, volatility: 0.2)
        #expect(abs(call.delta - put.delta - exp(-0.012 * years)) < 1e-6)
        #expect(abs(call.gamma - put.gamma) < 1e-5)
        #expect(abs(call.vega - put.vega) < 1e-6)
    }

    @Test(arguments: [0.1, 0.5, 1])
    func greeks_matchTheClosedForms(years: Double) {
        let (spot, strike, volatility, rate, yield) = (600.0, 610.0, 0.2, 0.042, 0.012)
        let greeks = formula(true, strike, years, onFuture: false).greeks(spot: spot, volatility: volatility)
        let deviation = volatility * years.squareRoot()
        let upper = (log(spot / strike) + (rate - yield) * years) / deviation + deviation / 2
        let density = exp(-upper * upper / 2) / (2 * Double.pi).squareRoot()
        let carried = exp(-yield * years)
        let paid = strike * exp(-rate * years) * OptionFormula.normalCDF(upper - deviation)
        #expect(abs(greeks.delta - carried * OptionFormula.normalCDF(upper)) < 1e-6)
        #expect(abs(greeks.gamma - carried * density / (spot * deviation)) < 1e-6)
        #expect(abs(greeks.vega - spot * carried * density * years.squareRoot() / 100) < 1e-6)
        #expect(abs(greeks.rho - years * paid / 100) < 1e-6)
        let decay =
            -spot * carried * density * volatility / (2 * years.squareRoot()) - rate * paid
            + yield * spot * carried * OptionFormula.normalCDF(upper)
        #expect(abs(greeks.theta - decay / 365) < 1e-5)
    }
}
