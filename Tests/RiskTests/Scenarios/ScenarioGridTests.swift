import PortfolioModel
import Pricing
import Risk
import Testing

struct ScenarioGridTests {
    private let legs = [
        LegMaker.linear("AAA", 1, price: 100, quantity: 300),
        LegMaker.option(
            "AAA P", 1, .put, strike: 95, years: 0.2, volatility: 0.3, price: 100, quantity: -4, group: "AAA"),
        // The same contract in another account.
        LegMaker.option(
            "AAA P", 1, .put, strike: 95, years: 0.2, volatility: 0.3, price: 100, quantity: 1, group: "AAA"),
        // Expires inside the grid's thirty days.
        LegMaker.option(
            "AAA C", 1, .call, strike: 104, years: 10.0 / 365, volatility: 0.3, price: 100, quantity: -2, group: "AAA"),
        LegMaker.option(
            "BBB C", 2, .call, strike: 21, years: 0.5, volatility: 0.04, price: 200, quantity: 7, currency: .inr,
            fx: 0.012, slope: 0.1, cash: 0.5, group: "BBB"),
        LegMaker.linear("BBB", 2, price: 200, quantity: -50, currency: .inr, fx: 0.012),
        // Early exercise, alone and with a dividend that goes ex inside the thirty days.
        LegMaker.option(
            "CCC P", 3, .put, strike: 52, years: 0.4, volatility: 0.35, price: 50, quantity: 3, group: "CCC",
            exercise: .american),
        LegMaker.option(
            "CCC C", 3, .call, strike: 48, years: 0.4, volatility: 0.35, price: 50, quantity: -3, group: "CCC",
            exercise: .american, dividends: [CashDividend(years: 20.0 / 365, amount: 0.6)]),
    ]

    private func scalar(_ legs: [RevaluationLeg], _ shift: MarketShift) -> Double {
        legs.reduce(0) { $0 + $1.profit(shift) * $1.fx }
    }

    @Test func everyCell_equalsTheScalarFunction_whenTheGridIsUniform() {
        let grid = ScenarioGrid(LegMaker.book(legs))
        let axes = grid.axes
        #expect((axes.moves.count, axes.volatilityPoints.count, axes.days.count) == (11, 7, 3))
        #expect(grid.profits.count == 231 && grid.groups.map(\.symbol) == ["AAA", "BBB", "CCC"])
        for (day, days) in axes.days.enumerated() {
            for (volatility, points) in axes.volatilityPoints.enumerated() {
                for (move, price) in axes.moves.enumerated() {
                    let shift = MarketShift(price: price, volatilityPoints: points, days: days)
                    let found = grid.profit(move: move, volatility: volatility, day: day)
                    // The option with a dividend is solved with its volatilities on one grid: a tenth of an American
                    // price's bar, 1e-6 of the strike, on 300 shares.
                    #expect(isClose(found, scalar(legs, shift), 1e-12, absolute: 0.1 * 1e-6 * 48 * 300))
                    let place = axes.place(move: move, volatility: volatility, day: day)
                    #expect(isClose(grid.groups[0].profits[place], scalar(Array(legs[..<4]), shift), absolute: 1e-9))
                    #expect(isClose(grid.groups[1].profits[place], scalar(Array(legs[4..<6]), shift), absolute: 1e-9))
                }
            }
        }
    }

    @Test func solvedPrice_isTheModelsOwn_whenExerciseIsAmerican() throws {
        for leg in legs[6...] {
            guard case .option(let pricing) = leg.form else { continue }
            for (days, points) in [(0.0, 0.0), (30, 10), (7, -5)] {
                let solved = SolvedPricing(pricing, volatilityPoints: points, days: days)
                for price in stride(from: 40.0, through: 62, by: 2) {
                    var model = pricing.model(at: price)
                    model.years -= days / 365
                    model.dividends = model.dividends.map {
                        CashDividend(years: $0.years - days / 365, amount: $0.amount)
                    }
                    let direct = model.price(volatility: pricing.volatility + points / 100)
                    #expect(isClose(solved.price(at: price), direct, 2e-4, absolute: 2e-4))
                }
            }
        }
    }

    @Test func linearLeg_dependsOnThePriceAlone() {
        let grid = ScenarioGrid(
            LegMaker.book([LegMaker.linear("AAA", 1, price: 100, quantity: -30)]),
            axes: ScenarioAxes(moves: [-0.1, 0, 0.2], volatilityPoints: [-5, 5], days: [0, 400]))
        #expect(grid.profits.count == 12)
        for row in 0..<4 {
            #expect(zip(grid.profits[row * 3..<row * 3 + 3], [300, 0, -600]).allSatisfy { isClose($0, $1) })
        }
    }

    @Test func option_isWorthItsExercise_whenItExpiresInsideTheDays() {
        let option = LegMaker.option(
            "C", 1, .call, strike: 104, years: 10.0 / 365, volatility: 0.3, price: 100, quantity: -2)
        let grid = ScenarioGrid(
            LegMaker.book([option]),
            axes: ScenarioAxes(moves: [-0.1, 0.1], volatilityPoints: [0, 50], days: [10, 60]))
        let premium = option.unitPrice(.none)
        for row in 0..<4 {
            #expect(isClose(grid.profits[row * 2], 200 * premium))
            #expect(isClose(grid.profits[row * 2 + 1], 200 * (premium - 6), 1e-9))
        }
    }

    @Test func groups_moveByTheirBeta_whenTheGridIsLinked() {
        let book = LegMaker.book([
            LegMaker.linear("SPY", 1, price: 100, quantity: 1), LegMaker.linear("HIGH", 2, price: 100, quantity: 1),
            LegMaker.linear("WILD", 3, price: 100, quantity: 1), LegMaker.linear("NEW", 4, price: 70, quantity: -1),
        ])
        let grid = ScenarioGrid(
            book, axes: ScenarioAxes(moves: [-0.2, 0.1], volatilityPoints: [0], days: [0]),
            linkage: .beta(["HIGH": 1.5, "WILD": 8, "NEW": .nan], index: "SPY"))
        #expect(grid.groups.map(\.symbol) == ["HIGH", "SPY", "WILD"])
        #expect(zip(grid.groups.map { $0.profits[0] }, [-30.0, -20, -100]).allSatisfy { isClose($0, $1) })
        #expect(zip(grid.profits, [-150.0, 105]).allSatisfy { isClose($0, $1) })
        #expect(grid.unlinked == ["NEW"])
        #expect(grid.coverage.uncovered.map(\.reason) == ["beta of NEW not known"])
        #expect(isClose(grid.coverage.share ?? 0, 300.0 / 370))
        let worst = grid.worst
        #expect(worst?.shift == MarketShift(price: -0.2) && isClose(worst?.profit ?? 0, -150))
    }

    @Test func unpricedPositions_standByName() {
        let grid = ScenarioGrid(LegMaker.book(legs, uncovered: [.init(name: "X", reason: "no mark")]))
        #expect(grid.coverage.uncovered.map(\.name) == ["X"])
        #expect(grid.coverage.share == nil && grid.coverage.shareOfMeasured == 1)
    }

    @Test func cells_areUnknown_notZero_whenNothingCanBeValued() {
        let nothing = ScenarioGrid(LegMaker.book([], uncovered: [.init(name: "X", reason: "no USD/CHF rate")]))
        #expect(nothing.unknown == "nothing can be valued: no USD/CHF rate" && nothing.worst == nil)
        // A book without positions loses nothing.
        #expect(ScenarioGrid(LegMaker.book([])).unknown == nil)
        #expect(ScenarioGrid(LegMaker.book(legs, uncovered: [.init(name: "X", reason: "no mark")])).unknown == nil)
    }

    @Test func curve_endsAsThePayoff_whenTheGroupExpires() throws {
        let spread = [
            LegMaker.option(
                "P95", 1, .put, strike: 95, years: 28.0 / 365, volatility: 0.3, price: 100, quantity: -1, group: "AAA"),
            LegMaker.option(
                "P90", 1, .put, strike: 90, years: 28.0 / 365, volatility: 0.33, price: 100, quantity: 1, group: "AAA"),
        ]
        let other = LegMaker.linear("BBB", 2, price: 10, quantity: 1)
        let curve = try #require(ProfitCurve(LegMaker.book(spread + [other]), group: "AAA", width: 0.2, points: 41))
        let credit = (spread[0].unitPrice(.none) - spread[1].unitPrice(.none)) * 100
        #expect(curve.prices.first == 80 && curve.prices.last == 120 && curve.prices[20] == 100)
        #expect(curve.lines.map { ($0.days * 1000).rounded() } == [0, 14_000, 28_000])
        #expect(curve.lines[0].profits[20] == 0)
        for (price, profit) in zip(curve.prices, try #require(curve.lines.last).profits) {
            let payoff = -max(0, 95 - price) + max(0, 90 - price)
            #expect(isClose(profit, credit + 100 * payoff, 1e-9, absolute: 1e-9))
        }
        #expect(ProfitCurve(LegMaker.book(spread), group: "ZZZ") == nil)
        #expect(ProfitCurve(LegMaker.book([other]), group: "BBB")?.lines.map(\.days) == [0])
    }
}
