import PortfolioModel
import Risk
import Testing

struct StressTestTests {
    private let window = StressWindow(
        name: "test", first: StressTestTests.day(0), last: StressTestTests.day(10), indexMove: -0.2,
        volatilityPoints: 20)
    private let still = StressTest.Settings(movesVolatility: false)

    private static func day(_ number: Int) -> CalendarDate { LegMaker.first.adding(days: number) }

    private func history(_ closes: [UInt32: [(Int, Double)]], inr: [(Int, Double)] = []) -> FactorHistory {
        func series(_ points: [(Int, Double)]) -> CloseSeries { CloseSeries(points.map { (Self.day($0.0), $0.1) }) }
        return FactorHistory(
            base: .usd,
            closes: Dictionary(uniqueKeysWithValues: closes.map { (LegMaker.id($0), series($1)) }),
            rates: [.inr: series(inr)])
    }

    @Test func shares_moveAsTheirOwnPriceDid_whenHistoryIsWhole() throws {
        let book = LegMaker.book([LegMaker.linear("AAA", 1, price: 50, quantity: 200)])
        let found = StressTest(
            book, window,
            history([1: [(-2, 90), (0, 100), (3, 110), (5, 80), (7, 85), (10, 88), (12, 70)]]), settings: still)
        #expect(found.extent == .whole && found.partial.isEmpty && found.byBeta.isEmpty)
        #expect(found.dates == [0, 3, 5, 7, 10].map(Self.day))
        #expect(zip(found.path, [0, 1000, -2000, -1500, -1200]).allSatisfy { isClose($0, $1, absolute: 1e-9) })
        #expect(isClose(try #require(found.profit), -1200))
        let drawdown = try #require(found.drawdown)
        #expect(isClose(drawdown.amount, 3000) && drawdown.peak == Self.day(3) && drawdown.low == Self.day(5))
        #expect(isClose(found.groups["AAA"] ?? 0, -1200))
    }

    @Test func firstDay_mayStandOnTheCloseBefore_whenItWasAHoliday() {
        let book = LegMaker.book([LegMaker.linear("AAA", 1, price: 100, quantity: 1)])
        let found = StressTest(book, window, history([1: [(-1, 100), (4, 90), (9, 80)]]), settings: still)
        #expect(found.extent == .whole)
        #expect(found.profit.map { isClose($0, -20) } == true)
    }

    @Test(arguments: [
        // Begins inside, ends inside, has a hole.
        ([(4, 100.0), (7, 90), (10, 80)], 3, -20.0), ([(0, 100), (3, 90)], 2, -10), ([(0, 100), (10, 70)], 2, -30),
    ])
    func leg_isNamedAsPartial_whenHistoryCoversOnlyDays(closes: [(Int, Double)], days: Int, profit: Double) {
        let book = LegMaker.book([
            LegMaker.linear("AAA", 1, price: 100, quantity: 1), LegMaker.linear("BBB", 2, price: 10, quantity: 1),
        ])
        let found = StressTest(
            book, window, history([1: closes, 2: [(0, 10), (5, 10), (10, 10)]]), settings: still)
        #expect(found.extent == .partial)
        #expect(found.partial.map(\.name) == ["AAA"] && found.partial.first?.days == days)
        #expect(found.partial.first?.first == Self.day(closes[0].0))
        #expect(found.profit.map { isClose($0, profit) } == true)
        #expect(found.coverage.share == 1)
    }

    @Test func leg_movesByBeta_whenItHasNoHistory() {
        let book = LegMaker.book([
            LegMaker.linear("NEW", 1, price: 100, quantity: 1), LegMaker.linear("ODD", 2, price: 100, quantity: 1),
        ])
        var settings = still
        settings.betas = ["NEW": 1.5]
        let straight = StressTest(book, window, history([1: [(20, 5), (21, 6)]]), settings: settings)
        #expect(straight.byBeta == ["NEW"] && straight.extent == .whole)
        #expect(straight.profit.map { isClose($0, -30) } == true)
        #expect(straight.coverage.uncovered.map(\.name) == ["ODD"])
        #expect(straight.coverage.uncovered.first?.reason.hasPrefix("no history from 2026-01-05 to 2026-01-15") == true)
        #expect(isClose(straight.coverage.share ?? 0, 0.5))

        // With the index' own history the way there is known too.
        settings.index = LegMaker.id(9)
        let own = StressTest(book, window, history([9: [(0, 1000), (5, 800), (10, 900)]]), settings: settings)
        #expect(zip(own.path, [0, -30.0, -15]).allSatisfy { isClose($0, $1) })
        #expect(own.drawdown.map { isClose($0.amount, 30) } == true)
    }

    @Test func result_isNone_whenNothingHasHistory() {
        let book = LegMaker.book([LegMaker.linear("AAA", 1, price: 100, quantity: 1)])
        let found = StressTest(book, window, history([:]))
        #expect(found.extent == .none && found.profit == nil && found.drawdown == nil && found.path.isEmpty)
        #expect(found.coverage.uncovered.map(\.name) == ["AAA"])
    }

    @Test func options_areRevaluedAtTheMovedVolatility() throws {
        let put = LegMaker.option("P", 1, .put, strike: 95, years: 0.2, volatility: 0.3, price: 100, quantity: -4)
        let market = history([1: [(0, 50), (5, 40), (10, 45)]])
        let found = StressTest(LegMaker.book([put]), window, market)
        #expect(found.volatilityPoints == 20)
        let end = put.baseProfit(MarketShift(price: -0.1, volatilityPoints: 20))
        #expect(isClose(try #require(found.profit), end) && isClose(found.groups["P"] ?? 0, end))
        // Half of the window has passed, and with it half of the volatility's move.
        let halves = (0...1).map { put.baseProfit(MarketShift(price: -0.2, volatilityPoints: 20 * Double($0))) }
        #expect(isClose(found.path[1], (halves[0] + halves[1]) / 2))
        let calm = StressTest(LegMaker.book([put]), window, market, settings: still)
        #expect(calm.profit.map { isClose($0, put.baseProfit(MarketShift(price: -0.1))) } == true)

        var settings = StressTest.Settings(volatilityIndex: LegMaker.id(8))
        settings.index = LegMaker.id(1)
        let own = StressTest(
            LegMaker.book([put]), window,
            history([1: [(0, 50), (5, 40), (10, 45)], 8: [(0, 12), (5, 42), (10, 22)]]),
            settings: settings)
        #expect(own.volatilityPoints == 10)
        #expect(isClose(try #require(own.profit), put.baseProfit(MarketShift(price: -0.1, volatilityPoints: 10))))
    }

    @Test func currencies_moveOrAreHeldByName() {
        let book = LegMaker.book(
            [LegMaker.linear("AAA", 1, price: 1000, quantity: 10, currency: .inr, fx: 0.0125)],
            cash: [.init(currency: .inr, amount: -2000, fx: 0.0125)])
        let closes: [UInt32: [(Int, Double)]] = [1: [(0, 100), (5, 90), (10, 80)]]
        let held = StressTest(book, window, history(closes), settings: still)
        #expect(held.heldRates == [.inr])
        #expect(held.profit.map { isClose($0, -25) } == true)
        let moved = StressTest(
            book, window, history(closes, inr: [(0, 0.02), (6, 0.019), (10, 0.018)]), settings: still)
        #expect(moved.heldRates.isEmpty)
        // -20 % in rupees; then a rupee 10 % cheaper on 8000 of shares and 2000 owed.
        #expect(moved.profit.map { isClose($0, -25 - 0.1 * (8000 - 2000) * 0.0125) } == true)
    }
}
