import PortfolioModel
import Risk
import Testing

struct FactorReturnsTests {
    private let small = FactorReturns.Settings(horizonDays: 1, minimum: 2, window: 100)
    private let a = RiskFactor.price(LegMaker.id(1))
    private let b = RiskFactor.price(LegMaker.id(2))

    private func series(_ closes: [(Int, Double)]) -> CloseSeries {
        CloseSeries(closes.map { (LegMaker.first.adding(days: $0.0), $0.1) })
    }

    @Test func series_isOrderedAndUnique_whateverComesIn() {
        let found = series([(2, 12), (0, 10), (1, 11), (1, 11.5), (3, -1), (4, .nan), (5, 0)])
        #expect(found.closes == [10, 11.5, 12])
        #expect(found[LegMaker.first.adding(days: 1)] == 11.5)
        #expect(found[LegMaker.first.adding(days: 3)] == nil)
    }

    @Test func returns_areOnCommonDates_whenMarketsHaveDifferentHolidays() {
        let history = FactorHistory(
            base: .usd,
            closes: [
                LegMaker.id(1): series([(0, 100), (1, 110), (2, 99), (4, 99), (5, 108.9)]),
                LegMaker.id(2): series([(0, 50), (2, 60), (3, 61), (4, 30), (5, 33)]),
            ])
        let found = FactorReturns([b, a], from: history, settings: small)
        #expect(found.factors == [a, b])
        #expect(found.dates == [2, 4, 5].map { LegMaker.first.adding(days: $0) })
        #expect(found.returns(of: a).map { zip($0, [-0.01, 0, 0.1]).allSatisfy { isClose($0, $1) } } == true)
        #expect(found.returns(of: b).map { zip($0, [0.2, -0.5, 0.1]).allSatisfy { isClose($0, $1) } } == true)
    }

    @Test func returns_compoundAndOverlap_whenTheHorizonIsLonger() {
        let history = FactorHistory(base: .usd, closes: [LegMaker.id(1): LegMaker.series(from: 100, [0.1, -0.2, 0.5])])
        let found = FactorReturns([a], from: history, settings: .init(horizonDays: 2, minimum: 2, window: 100))
        #expect(found.count == 2)
        let values = Array(found.returns(of: a) ?? [])
        #expect(isClose(values[0], 1.1 * 0.8 - 1) && isClose(values[1], 0.8 * 1.5 - 1))
        #expect(found.dates.first == LegMaker.first.adding(days: 2))
    }

    @Test func factor_isLeftOutByName_whenItsHistoryIsTooShort() {
        let history = FactorHistory(
            base: .usd,
            closes: [
                LegMaker.id(1): LegMaker.series(from: 100, LegMaker.returns(80, size: 0.01, seed: 1)),
                LegMaker.id(2): LegMaker.series(from: 100, LegMaker.returns(59, size: 0.01, seed: 2)),
            ])
        let found = FactorReturns([a, b, .currency(.inr)], from: history)
        #expect(found.factors == [a])
        #expect(found.count == 80)
        #expect(found.leftOut.map(\.factor) == [b, .currency(.inr)])
        #expect(found.leftOut.first?.days == 60)
        #expect(found.leftOut.first?.reason == "59 returns of history, 60 needed")
        #expect(found.leftOut.last?.reason == "no price history")
    }

    @Test func factor_isLeftOut_whenItsDatesLieElsewhere() {
        let values = LegMaker.returns(80, size: 0.01, seed: 1)
        let history = FactorHistory(
            base: .usd,
            closes: [
                LegMaker.id(1): LegMaker.series(from: 100, values + values),
                LegMaker.id(2): LegMaker.series(from: 100, values, start: LegMaker.first.adding(days: 120)),
            ])
        let found = FactorReturns([a, b], from: history)
        #expect(found.factors == [a])
        #expect(found.leftOut.first?.reason == "40 returns in common with the others, 60 needed")
    }

    @Test func window_keepsTheLatestReturns() {
        let history = FactorHistory(
            base: .usd, closes: [LegMaker.id(1): LegMaker.series(from: 1, [0.5, 0.25, 0.125, 0.0625])])
        let found = FactorReturns([a], from: history, settings: .init(minimum: 2, window: 3))
        #expect(found.returns(of: a).map(Array.init) == [0.25, 0.125, 0.0625])
        #expect(found.commonDays == 5)
    }

    @Test func history_isReadFromStoredPricesAndRates() throws {
        let eur = try #require(Currency("EUR"))
        let days = [0, 1, 3].map { LegMaker.first.adding(days: $0) }
        let prices = PriceHistory(
            zip(days, ["10", "11", "12"]).map {
                DailyPrice(instrument: LegMaker.id(1), date: $0, close: decimal($1), source: "test", asOf: LegMaker.at)
            })
        let rates = FXHistory(
            zip(days, ["1.10", "1.20", "1.25"]).map { day, rate in
                let asOf = Timestamp(seconds: day.dayNumber * 86_400)
                return DailyFXRate(
                    date: day, rate: FXRate(base: eur, quote: .usd, rate: decimal(rate), asOf: asOf, source: "ecb"))
            })
        let found = FactorHistory(
            of: [a, b, .currency(eur), .currency(.inr)], prices: prices, rates: rates, base: .usd, from: days[1])
        #expect(found.closes[LegMaker.id(1)]?.closes == [10, 11, 12])
        #expect(found.closes[LegMaker.id(2)]?.dates == [])
        #expect(found.rates[eur]?.dates == [days[1], days[2]] && found.rates[eur]?.closes == [1.2, 1.25])
        #expect(found.rates[.inr]?.dates == [])
    }
}
