import Foundation
import PortfolioModel
import Pricing
import Testing

struct AmericanOptionTests {
    private func model(
        _ right: OptionRight, spot: Double = 100, dividends: [CashDividend] = [], yield: Double = 0.02
    ) -> OptionModel {
        OptionModel(
            right: right, underlyingPrice: spot, strike: 100, years: 0.7, rate: 0.05, yield: yield, exercise: .american,
            dividends: dividends)
    }

    private static let dividends: [[CashDividend]] = [
        [], [CashDividend(years: 0.15, amount: 1.5), CashDividend(years: 0.4, amount: 1.5)],
    ]

    /// Along the underlying's price, a figure's steps change little from one to the next but where the boundary is
    /// crossed; there price and delta go on, and gamma alone steps.
    @Test(arguments: [OptionRight.call, .put], dividends)
    func greeks_doNotJump(right: OptionRight, dividends: [CashDividend]) throws {
        let solved = try #require(SolvedOption(model(right, dividends: dividends), volatility: 0.3))
        let step = 0.05
        let values = (0..<1600).map { solved.valuation(at: 60 + step * Double($0)) }
        let held = values.indices.dropFirst(2).filter { index in
            (index - 2...index).allSatisfy { values[$0].gamma != 0 }
        }
        #expect(held.count > 1000)
        for (name, figure, largest) in [
            ("price", { $0.price } as (OptionValuation) -> Double, 1e-3), ("delta", { $0.delta }, 2e-4),
            ("gamma", { $0.gamma }, 2e-4), ("theta", { $0.theta }, 2e-4), ("vega", { $0.vega }, 2e-3),
            ("rho", { $0.rho }, 4e-3),
        ] {
            let bends = held.map { abs(figure(values[$0]) - 2 * figure(values[$0 - 1]) + figure(values[$0 - 2])) }
            #expect((bends.max() ?? .nan) < largest, "\(name): \(bends.max() ?? .nan)")
        }
        for index in values.indices.dropFirst() {
            #expect(abs(values[index].price - values[index - 1].price) < 1.01 * step)
            #expect(abs(values[index].delta - values[index - 1].delta) < 0.02)
        }
    }

    @Test(arguments: [OptionRight.call, .put], dividends)
    func greeks_areTheSlopesOfThePrice(right: OptionRight, dividends: [CashDividend]) {
        for spot in [85.0, 96, 103, 118] {
            let base = model(right, spot: spot, dividends: dividends)
            let said = base.valuation(volatility: 0.3)
            guard said.gamma != 0 else { continue }
            func price(_ volatility: Double = 0.3, _ change: (inout OptionModel) -> Void = { _ in }) -> Double {
                var other = base
                change(&other)
                return other.price(volatility: volatility)
            }
            let up = price { $0.underlyingPrice += 0.1 }
            let down = price { $0.underlyingPrice -= 0.1 }
            #expect(abs(said.price - price()) < 1e-9)
            #expect(abs(said.delta - (up - down) / 0.2) < 2e-4)
            #expect(abs(said.gamma - (up - 2 * said.price + down) / 0.01) < 5e-4)
            #expect(abs(said.vega - (price(0.302) - price(0.298)) / 0.4) < 2e-4)
            let rates = price { $0.rate += 1e-3 } - price { $0.rate -= 1e-3 }
            #expect(abs(said.rho - rates / 0.2) < 5e-4)
            let day = 1.0 / 365
            let later = price {
                $0.years -= day
                $0.dividends = $0.dividends.map { CashDividend(years: $0.years - day, amount: $0.amount) }
            }
            #expect(abs(said.theta - (later - said.price)) < 3e-3 * abs(said.theta) + 2e-4)
        }
    }

    @Test func price_isNeverBelowTheEuropeanNorBelowExercise() {
        for spot in [70.0, 90, 100, 110, 140] {
            for right in [OptionRight.call, .put] {
                var american = model(right, spot: spot, yield: 0.06)
                let price = american.price(volatility: 0.25)
                american.exercise = .european
                let european = american.price(volatility: 0.25)
                let exercise = max(0, (spot - 100) * (right == .call ? 1 : -1))
                #expect(price >= european - 1e-7 && price >= exercise)
            }
        }
    }

    @Test func call_isEuropean_whereNothingIsPaid() {
        var call = model(.call, yield: 0)
        let american = call.price(volatility: 0.3)
        call.exercise = .european
        #expect(american == call.price(volatility: 0.3))
    }

    /// A call is worth what a put is worth with price and strike, rate and yield exchanged (McDonald and Schroder
    /// 1998).
    @Test func call_isThePut_withRolesExchanged() {
        let call = OptionModel(
            right: .call, underlyingPrice: 95, strike: 105, years: 1.3, rate: 0.02, yield: 0.07, exercise: .american)
        let put = OptionModel(
            right: .put, underlyingPrice: 105, strike: 95, years: 1.3, rate: 0.07, yield: 0.02, exercise: .american)
        #expect(abs(call.price(volatility: 0.35) - put.price(volatility: 0.35)) < 1e-9)
    }

    @Test func option_onAFuture_isExercisedEarly() {
        let deep = OptionModel(
            right: .put, underlyingPrice: 60, strike: 100, years: 1, rate: 0.08, formula: .black76, exercise: .american)
        #expect(deep.price(volatility: 0.2) == 40)
        #expect(deep.valuation(volatility: 0.2).delta == -1)
    }

    /// European exercise with a dividend: a share that pays surely is worth its price less the dividend's worth now, up
    /// to what the dividend's own risk in the spot model adds.
    @Test func european_withDividends_keepsParityOfForwards() {
        let dividends = [CashDividend(years: 0.3, amount: 2)]
        let pair = [OptionRight.call, .put].map { right in
            OptionModel(
                right: right, underlyingPrice: 100, strike: 100, years: 0.5, rate: 0.04, dividends: dividends)
        }
        let parity = pair[0].price(volatility: 0.3) - pair[1].price(volatility: 0.3)
        let expected = exp(-0.04 * 0.5) * (pair[0].forward - 100)
        #expect(abs(parity - expected) < 2e-4)
    }

    @Test(arguments: [OptionRight.call, .put], dividends)
    func impliedVolatility_findsTheVolatilityThatMadeThePrice(right: OptionRight, dividends: [CashDividend]) throws {
        for (spot, volatility) in [(92.0, 0.18), (100, 0.5), (109, 1.2)] {
            let model = model(right, spot: spot, dividends: dividends)
            let found = try ImpliedVolatility.solve(price: model.price(volatility: volatility), model: model)
            #expect(abs(found - volatility) < 1e-8)
        }
        let deep = model(.put, spot: 55)
        #expect(throws: ImpliedVolatilityError.notDetermined) { try ImpliedVolatility.solve(price: 45, model: deep) }
        #expect(throws: ImpliedVolatilityError.belowIntrinsic) { try ImpliedVolatility.solve(price: 44.9, model: deep) }
    }

    @Test func valuation_recordsItsInputs() {
        let model = model(.put, dividends: Self.dividends[1])
        let recorded = model.recordedValuation(volatility: 0.3)
        #expect(recorded.valuation == model.valuation(volatility: 0.3))
        #expect(recorded.inputs.volatility == 0.3 && recorded.inputs.dividends == Self.dividends[1])
        #expect(recorded.inputs.exercise == .american && recorded.inputs.formula == .blackScholesMerton)
        #expect(recorded.inputs.strike == 100 && recorded.inputs.years == 0.7 && recorded.inputs.rate == 0.05)
    }
}
