import PortfolioModel
import Pricing
import Testing

struct ImpliedVolatilityTests {
    @Test(arguments: [OptionRight.call, .put], [0.03, 0.2, 0.9, 4.0])
    func solve_findsTheVolatilityThatMadeThePrice(right: OptionRight, volatility: Double) throws {
        for (strike, years) in [(100.0, 0.5), (90, 0.5), (115, 1), (100, 0.003)] {
            let model = OptionModel(right: right, underlyingPrice: 100, strike: strike, years: years, rate: 0.04)
            let valuation = model.valuation(volatility: volatility)
            guard valuation.vega > 1e-5, valuation.price - model.lowerBound > 1e-8 else { continue }
            let found = try ImpliedVolatility.solve(price: valuation.price, model: model)
            #expect(abs(found - volatility) < 1e-6, "strike \(strike), years \(years)")
        }
    }

    @Test(arguments: [
        (5.0, 5.2, 0.1, ImpliedVolatilityError.belowIntrinsic), (100.5, 101, 0.1, .aboveUpperBound),
        (0, 0.1, 0.1, .noBid), (12, 11, 0.1, .crossed), (11, 12, 0, .expired), (11, .infinity, 0.1, .notDetermined),
        (11, 0, 0.1, .notDetermined), (.nan, 12, 0.1, .noBid),
    ])
    func solve_saysWhy_whenThereIsNone(bid: Double, ask: Double, years: Double, expected: ImpliedVolatilityError) {
        let model = OptionModel(right: .call, underlyingPrice: 100, strike: 90, years: years, rate: 0.04)
        #expect(throws: expected) { try ImpliedVolatility.solve(bid: bid, ask: ask, model: model) }
    }

    @Test(arguments: [
        (Double.nan, 100.0, 0.5), (0, 100, 0.5), (-5, 100, 0.5), (100, 0, 0.5), (100, 100, .nan), (.infinity, 100, 0.5),
    ])
    func solve_ends_onInputsThatAreNoOption(spot: Double, strike: Double, years: Double) {
        let model = OptionModel(right: .put, underlyingPrice: spot, strike: strike, years: years, rate: 0.04)
        #expect(throws: ImpliedVolatilityError.self) { try ImpliedVolatility.solve(price: 3, model: model) }
    }
}
