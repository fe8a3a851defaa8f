import Foundation
import Sandbox
import Testing

struct MarketModelTests {
    /// A Wednesday, ten in the morning in New York.
    static let start = MarketDate(year: 2026, month: 6, day: 10).newYork(hour: 10, minute: 0)

    private func walked(seed: UInt64, steps: Int, start: Date = start, session: MarketSession = .alwaysOpen)
        -> MarketModel
    {
        var model = MarketModel(seed: seed, start: start, session: session)
        for _ in 0..<steps { model.step() }
        return model
    }

    @Test func quotes_areEqual_forSameSeedStartAndSteps() {
        let (one, two) = (walked(seed: 7, steps: 50), walked(seed: 7, steps: 50))
        for instrument in one.instruments { #expect(one.quote(of: instrument.id) == two.quote(of: instrument.id)) }
        #expect(one.greeks(of: one.instruments.count - 2) == two.greeks(of: two.instruments.count - 2))
    }

    @Test(arguments: ["SPY", "QQQ", "AAPL", "NVDA", "IWM", "SPX", "ES", "BTC/USD"])
    func spot_differs_forAnotherSeedAndAfterSteps(name: String) throws {
        let model = walked(seed: 7, steps: 50)
        let index = try #require(model.underlying(named: name))
        #expect(model.spot(of: index) != walked(seed: 8, steps: 50).spot(of: index))
        #expect(model.spot(of: index) != walked(seed: 7, steps: 40).spot(of: index))
    }

    @Test func spot_staysNearItsBase_overManySteps() throws {
        let model = walked(seed: 3, steps: 20_000)
        let spy = try #require(model.underlying(named: "SPY"))
        #expect((540.0...660).contains(model.spot(of: spy)))
    }

    @Test func market_standsStill_outsideTheRealSession() throws {
        let night = MarketDate(year: 2026, month: 6, day: 10).newYork(hour: 17, minute: 0)
        let holiday = MarketDate(year: 2026, month: 7, day: 3).newYork(hour: 11, minute: 0)
        for start in [night, holiday] {
            #expect(walked(seed: 1, steps: 10, start: start, session: .real).generation == 0)
        }
        #expect(walked(seed: 1, steps: 10, session: .real).generation == 10)
    }

    @Test(arguments: 0..<14)
    func expiries_areAllSessionsWithOneWithinTheWeek_onAnyDay(offset: Int) throws {
        let start = MarketDate(year: 2026, month: 11, day: 16).adding(days: offset).newYork(hour: 12, minute: 0)
        let model = MarketModel(seed: 1, start: start)
        let expiries = Set(model.instruments.compactMap { $0.option }.filter { $0.root == "SPY" }.map(\.expiry))
            .sorted()
        let days = expiries.map { model.date.days(until: $0) }
        #expect(expiries.allSatisfy { $0.isSession })
        #expect((0...4).contains(days.first ?? -1))
        #expect(days.filter { $0 <= 7 }.count >= 1)
        for target in [30, 60, 180, 365] { #expect(days.contains { abs($0 - target) <= 18 }) }
    }

    @Test func indexQuote_hasNoBook() throws {
        let model = walked(seed: 1, steps: 1)
        let quote = model.quote(of: try #require(model.underlying(named: "SPX")))
        #expect(quote.bid == nil && quote.ask == nil && quote.last != nil)
    }

    @Test func optionQuotes_areUncrossedOnTicks_andSomeHaveNoBid() {
        let model = walked(seed: 5, steps: 3)
        var withoutBid = 0
        for instrument in model.instruments where instrument.option?.isAdjusted == false {
            let quote = model.quote(of: instrument.id)
            guard let bid = quote.bid, let ask = quote.ask else { continue }
            #expect(bid < ask)
            if bid == .zero { withoutBid += 1 }
            #expect(
                ask
                    == ask.rounded(
                        toTick: instrument.tick(
                            at: SandboxAmount(rounding: model.theoreticalPrice(of: instrument.id) ?? 0))))
        }
        #expect(withoutBid > 10)
    }
}
