import Foundation
import PortfolioModel
import Risk
import Testing

struct ValueAtRiskTests {
    private func history(_ closes: [UInt32: CloseSeries], rates: [Currency: CloseSeries] = [:]) -> FactorHistory {
        FactorHistory(
            base: .usd, closes: Dictionary(uniqueKeysWithValues: closes.map { (LegMaker.id($0), $1) }), rates: rates)
    }

    @Test func threeMethods_agreeWithTheHand_whenOneShareHasFourReturns() throws {
        let book = LegMaker.book([LegMaker.linear("AAA", 1, price: 50, quantity: 200)])
        let found = ValueAtRisk(
            book, history([1: LegMaker.series(from: 40, [0.01, -0.03, 0.02, -0.02])]),
            returns: .init(minimum: 4), settings: .init(confidence: 0.75))
        let historical = try #require(found.historical)
        #expect(historical.tail.rank == 1)
        // 10,000 held; the worst day is -3 %.
        #expect(isClose(historical.tail.valueAtRisk, 300) && isClose(historical.tail.expectedShortfall, 300))
        let normal = try #require(found.deltaNormal)
        // Mean -0.005; squares of 0.015, 0.025, 0.025, 0.015 sum to 0.0017; divided by 3.
        #expect(isClose(normal.standardDeviation, 10_000 * (0.0017 / 3).squareRoot()))
        #expect(isClose(normal.valueAtRisk, normal.quantile * normal.standardDeviation))
        #expect((normal.quantile - 0.67448975).magnitude < 1e-8)
        #expect(normal.exposures == [.price(LegMaker.id(1)): 10_000])
        #expect(found.coverage.share == 1 && found.unknown == nil && found.dates.count == 4)
    }

    @Test func deltaNormal_isTheQuadraticFormOfTheSampleCovariance_whenThereAreSeveralFactors() throws {
        let columns = (0..<3).map { LegMaker.returns(100, size: 0.01, seed: UInt64($0 + 5)) }
        let book = LegMaker.book([
            LegMaker.linear("AAA", 1, price: 50, quantity: 200), LegMaker.linear("BBB", 2, price: 20, quantity: -100),
            LegMaker.linear("CCC", 3, price: 10, quantity: 50, currency: .inr, fx: 0.012),
        ])
        let rates = LegMaker.series(from: 0.011, LegMaker.returns(100, size: 0.003, seed: 99))
        let market = history(
            [
                1: LegMaker.series(from: 40, columns[0]), 2: LegMaker.series(from: 40, columns[1]),
                3: LegMaker.series(from: 40, columns[2]),
            ], rates: [.inr: rates])
        let found = ValueAtRisk(book, market)
        let returns = FactorReturns(book.factors, from: market)
        let exposures: [Double] = [10_000, -2000, 10 * 50 * 0.012, 10 * 50 * 0.012]
        var variance = 0.0
        for left in 0..<4 {
            for right in 0..<4 {
                variance +=
                    exposures[left] * exposures[right]
                    * covariance(returns.returns(of: book.factors[left]), returns.returns(of: book.factors[right]))
            }
        }
        let normal = try #require(found.deltaNormal)
        #expect(isClose(normal.standardDeviation, variance.squareRoot()))
        #expect(isClose(normal.expectedShortfall, variance.squareRoot() * 2.665214220345808, 1e-9))
    }

    private func covariance(_ left: ArraySlice<Double>?, _ right: ArraySlice<Double>?) -> Double {
        let (left, right) = (Array(left ?? []), Array(right ?? []))
        let count = Double(left.count)
        let means = (left.reduce(0, +) / count, right.reduce(0, +) / count)
        return zip(left, right).reduce(0) { $0 + ($1.0 - means.0) * ($1.1 - means.1) } / (count - 1)
    }

    @Test func historical_isTheSortedLinearProfit_whenTheBookIsLinear() throws {
        let moves = LegMaker.returns(250, size: 0.012, seed: 3)
        let book = LegMaker.book([LegMaker.linear("AAA", 1, price: 64, quantity: 32)])
        let market = history([1: LegMaker.series(from: 64, moves)])
        let found = ValueAtRisk(book, market, settings: .init(confidence: 0.95))
        let returns = Array(FactorReturns(book.factors, from: market).returns(of: .price(LegMaker.id(1))) ?? [])
        // A power of two is held, so that each product is exact.
        let losses = returns.map { -2048 * $0 }.sorted(by: >)
        let historical = try #require(found.historical)
        #expect(historical.tail.valueAtRisk == losses[12])
        #expect(historical.tail.expectedShortfall == losses[..<13].reduce(0, +) / 13)
        #expect(historical.profits == returns.map { 2048 * $0 })
    }

    @Test func historical_equalsEachLegsOwnRevaluation_whenOptionsAndCurrenciesMix() throws {
        let eur = try #require(Currency("EUR"))
        let legs = [
            LegMaker.linear("AAA", 1, price: 100, quantity: 300),
            LegMaker.option(
                "AAA P", 1, .put, strike: 95, years: 0.2, volatility: 0.3, price: 100, quantity: -4),
            // The same contract in another account.
            LegMaker.option(
                "AAA P", 1, .put, strike: 95, years: 0.2, volatility: 0.3, price: 100, quantity: 1),
            LegMaker.option(
                "BBB C", 2, .call, strike: 21, years: 0.5, volatility: 0.4, price: 200, quantity: 7, currency: eur,
                fx: 1.1, slope: 0.1, cash: 0.5),
            LegMaker.linear("FUT", 2, price: 200, quantity: 2, multiplier: 50, currency: eur, fx: 1.1, isFuture: true),
        ]
        let book = LegMaker.book(legs, cash: [.init(currency: eur, amount: -5000, fx: 1.1)])
        let market = history(
            [
                1: LegMaker.series(from: 90, LegMaker.returns(70, size: 0.02, seed: 1)),
                2: LegMaker.series(from: 210, LegMaker.returns(70, size: 0.02, seed: 2)),
            ], rates: [eur: LegMaker.series(from: 1.05, LegMaker.returns(70, size: 0.006, seed: 3))])
        let returns = FactorReturns(book.factors, from: market)
        let found = try #require(ValueAtRisk(book, returns).historical)
        let rates = Array(try #require(returns.returns(of: .currency(eur))))
        for day in 0..<returns.count {
            var expected = -5000 * 1.1 * rates[day]
            for leg in legs {
                let factor = try #require(leg.factor)
                let move = Array(try #require(returns.returns(of: .price(factor))))[day]
                expected += leg.baseProfit(MarketShift(price: move), fxChange: leg.currency == eur ? rates[day] : 0)
            }
            #expect(isClose(found.profits[day], expected, 1e-10, absolute: 1e-8))
        }
    }

    @Test func straddle_showsItsRiskOnlyByFullRevaluation_whenItsDeltasCancel() throws {
        // At this strike the two deltas cancel exactly: d1 = 0.
        let (price, years, volatility, rate) = (100.0, 0.1, 0.2, 0.03)
        let strike = price * exp((rate + volatility * volatility / 2) * years)
        let book = LegMaker.book([
            LegMaker.option(
                "C", 1, .call, strike: strike, years: years, volatility: volatility, price: price, quantity: -10,
                rate: rate),
            LegMaker.option(
                "P", 1, .put, strike: strike, years: years, volatility: volatility, price: price, quantity: -10,
                rate: rate),
        ])
        let found = ValueAtRisk(
            book, history([1: LegMaker.series(from: 100, LegMaker.returns(250, size: 0.0126, seed: 11))]))
        let normal = try #require(found.deltaNormal).valueAtRisk
        let historical = try #require(found.historical).tail.valueAtRisk
        let simulated = try #require(found.monteCarlo).tail.valueAtRisk
        print("short straddle: delta-normal \(normal), historical \(historical), Monte Carlo \(simulated)")
        #expect(normal.magnitude < 1e-6)
        #expect(historical > 400 && simulated > 400)
    }

    @Test func monteCarlo_isWithinItsErrorOfDeltaNormal_whenTheBookIsLinear() throws {
        let book = LegMaker.book([
            LegMaker.linear("AAA", 1, price: 50, quantity: 200), LegMaker.linear("BBB", 2, price: 20, quantity: -300),
            LegMaker.linear("CCC", 3, price: 10, quantity: 400),
        ])
        let market = history([
            1: LegMaker.series(from: 40, LegMaker.returns(250, size: 0.01, seed: 21)),
            2: LegMaker.series(from: 40, LegMaker.returns(250, size: 0.02, seed: 22)),
            3: LegMaker.series(from: 40, LegMaker.returns(250, size: 0.03, seed: 23)),
        ])
        let found = ValueAtRisk(book, market, settings: .init(confidence: 0.95, paths: 20_000, seed: 5))
        let normal = try #require(found.deltaNormal)
        let simulated = try #require(found.monteCarlo)
        let miss = simulated.tail.valueAtRisk - normal.valueAtRisk
        print(
            "linear book: \(normal.valueAtRisk), Monte Carlo \(simulated.tail.valueAtRisk)",
            "+- \(simulated.tail.standardError)")
        #expect(simulated.isCholesky && simulated.paths == 20_000)
        #expect(miss.magnitude < 2.5 * simulated.tail.standardError)
        #expect(simulated.tail.standardError < 0.03 * normal.valueAtRisk)
        #expect(isClose(simulated.tail.expectedShortfall, normal.expectedShortfall, 0.03))
    }

    @Test func monteCarlo_hasTheSampleCovariance_whenTheMatrixIsOnlySemidefinite() throws {
        // Two names of one history, one of them short: no risk at all, and no triangle.
        let series = LegMaker.series(from: 40, LegMaker.returns(100, size: 0.01, seed: 21))
        let legs = [
            LegMaker.linear("AAA", 1, price: 50, quantity: 200), LegMaker.linear("AAB", 2, price: 20, quantity: -500),
        ]
        let hedged = try #require(ValueAtRisk(LegMaker.book(legs), history([1: series, 2: series])).monteCarlo)
        #expect(!hedged.isCholesky)
        #expect(hedged.tail.valueAtRisk.magnitude < 1e-9)
        let one = ValueAtRisk(LegMaker.book([legs[0]]), history([1: series, 2: series]))
        let both = FactorReturns(LegMaker.book(legs).factors, from: history([1: series, 2: series]))
        let half = try #require(ValueAtRisk(LegMaker.book([legs[0]]), both).monteCarlo)
        let normal = try #require(one.deltaNormal)
        #expect((half.tail.valueAtRisk - normal.valueAtRisk).magnitude < 3 * half.tail.standardError)
    }

    @Test func monteCarlo_repeatsItself_whenTheSeedIsTheSame() throws {
        let book = LegMaker.book([
            LegMaker.option("P", 1, .put, strike: 95, years: 0.2, volatility: 0.3, price: 100, quantity: -4)
        ])
        let market = history([1: LegMaker.series(from: 90, LegMaker.returns(70, size: 0.02, seed: 1))])
        func run(_ seed: UInt64) -> LossTail? {
            ValueAtRisk(book, market, settings: .init(paths: 1000, seed: seed)).monteCarlo?.tail
        }
        #expect(run(1) == run(1))
        #expect(run(1) != run(2))
    }

    @Test func result_isUnknownWithTheDaysThereAre_whenHistoryIsTooShort() {
        let book = LegMaker.book([LegMaker.linear("AAA", 1, price: 50, quantity: 200)])
        let found = ValueAtRisk(
            book, history([1: LegMaker.series(from: 40, LegMaker.returns(20, size: 0.01, seed: 1))]))
        #expect(found.unknown == "no part has enough history: 21 days at most, 61 needed")
        #expect(found.deltaNormal == nil && found.historical == nil && found.monteCarlo == nil)
        #expect(found.coverage.share == 0)
        #expect(found.coverage.uncovered.first?.reason == "20 returns of history, 60 needed")
    }

    @Test func legs_areUncoveredByName_whenTheyHaveNoHistory() throws {
        let eur = try #require(Currency("EUR"))
        let book = LegMaker.book(
            [
                LegMaker.linear("AAA", 1, price: 50, quantity: 200),
                LegMaker.linear("BBB", 2, price: 10, quantity: -100),
                LegMaker.linear("CCC", nil, price: 10, quantity: 100),
                LegMaker.linear("DDD", 1, price: 50, quantity: 20, currency: eur, fx: 1.5),
            ], cash: [.init(currency: eur, amount: 400, fx: 1.5), .init(currency: .usd, amount: 999, fx: 1)])
        let market = history([1: LegMaker.series(from: 40, LegMaker.returns(80, size: 0.01, seed: 1))])
        let found = ValueAtRisk(book, market)
        #expect(found.coverage.uncovered.map(\.name) == ["BBB", "CCC", "DDD", "cash EUR"])
        #expect(found.coverage.uncovered.map(\.exposure) == [1000, 1000, 1500, 600])
        #expect(found.coverage.uncovered[2].reason == "EUR/USD: no price history")
        #expect(found.coverage.covered == 10_000 && found.coverage.measured == 14_100)
        #expect(found.coverage.share == 10_000.0 / 14_100)
        #expect(found.historical != nil)

        let unmeasured = LegMaker.book(book.legs, uncovered: [.init(name: "X", reason: "no price")])
        let other = ValueAtRisk(unmeasured, market).coverage
        #expect(other.share == nil && other.shareOfMeasured == 10_000.0 / 13_500)
    }

    @Test func legs_areUncovered_whenTheirFiguresAreNone() throws {
        let market = history([1: LegMaker.series(from: 40, LegMaker.returns(80, size: 0.01, seed: 1))])
        let sound = LegMaker.linear("AAA", 1, price: 50, quantity: 200)
        var option = LegMaker.option(
            "P", 1, .put, strike: 95, years: 0.2, volatility: 0.3, price: 100, quantity: -4)
        guard case .option(let pricing) = option.form else { return }
        option.form = .option(
            PositionPricing(model: pricing.model, volatility: .nan, impliesMark: false, units: pricing.units))
        let book = LegMaker.book([sound, option, LegMaker.linear("BBB", 1, price: .infinity, quantity: 1)])
        let found = ValueAtRisk(book, market)
        #expect(found.coverage.uncovered.map(\.reason) == ["its model cannot price it", "a figure is not a number"])
        #expect(found.historical == ValueAtRisk(LegMaker.book([sound]), market).historical)
        #expect(found.deltaNormal?.valueAtRisk.isFinite == true && found.coverage.share == nil)
        let grid = ScenarioGrid(book)
        #expect(grid.coverage.uncovered.map(\.name) == ["P", "BBB"] && grid.profits.allSatisfy(\.isFinite))
    }

    @Test(arguments: [0.0, 1.0, -1, 2, .nan]) func result_isUnknown_whenTheConfidenceIsNone(confidence: Double) {
        let book = LegMaker.book([LegMaker.linear("AAA", 1, price: 50, quantity: 200)])
        let market = history([1: LegMaker.series(from: 40, LegMaker.returns(80, size: 0.01, seed: 1))])
        let found = ValueAtRisk(book, market, settings: .init(confidence: confidence))
        #expect(found.unknown == "confidence must be between 0 and 1" && found.historical == nil)
    }
}
