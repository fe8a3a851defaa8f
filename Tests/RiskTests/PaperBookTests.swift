import PortfolioModel
import Risk
import Testing

/// Scenario S11: a book whose every figure can be checked on paper.
struct PaperBookTests {
    struct Expected: Sendable {
        var place: Int
        var open: String
        var day: String
        var value: String
        var delta: Double
        var dollarDelta: Double
        var dollarGamma: Double
        var theta: Double
        var vega: Double
    }

    private struct PaperBook {
        var maker: BookMaker
        var ids: [InstrumentID]
    }

    private static func dollars() -> PaperBook {
        var maker = BookMaker()
        let share = maker.share("SPY")
        let put = maker.option("SPY", on: "SPY", "570", .put)
        let adjustedUnderlying = maker.share("ABC")
        let adjusted = maker.option(
            "ABC1", on: "ABC", "5", .call, delivers: [Deliverable(symbol: "ABC", amount: 10)])
        let future = maker.future("/ESZ6", product: "/ES", multiplier: 50)
        let futurePut = maker.option(
            "EW4", on: "/ESZ6", "5900", .put, kind: .futureOption, multiplier: 50,
            delivers: [Deliverable(symbol: "/ESZ6", amount: 1)])
        maker.hold(share, "100", at: "580")
        maker.hold(put, "-2", at: "7.47", prior: "5.60")
        maker.hold(adjusted, "1", at: "5", prior: "2.80")
        maker.hold(future, "1", at: "6000", prior: "5990")
        maker.hold(futurePut, "1", at: "40", prior: "35")
        maker.trade(share, "600", previous: "597")
        maker.trade(adjustedUnderlying, "60")
        maker.trade(future, "6010")
        maker.quote(put, "5.00", "5.10")
        maker.quote(adjusted, "2.95", "3.05")
        maker.quote(futurePut, "32.75", "33.25")
        maker.greeks(put, -0.20, 0.010, -0.15, 0.50)
        maker.greeks(adjusted, 0.60, 0.20, -0.01, 0.01)
        maker.greeks(futurePut, -0.25, 0.001, -1.20, 6.00)
        return PaperBook(maker: maker, ids: [share, put, adjusted, future, futurePut])
    }

    private static func world() -> PaperBook {
        var paper = dollars()
        paper.maker.apply([
            .rate(
                FXRate(
                    base: .usd, quote: .inr, rate: decimal("84.50"),
                    asOf: paper.maker.now.adding(.seconds(-2 * 86_400)),
                    source: "config"))
        ])
        let reliance = paper.maker.share("RELIANCE", currency: .inr)
        let nifty = paper.maker.share("NIFTY", currency: .inr, kind: .index)
        let call = paper.maker.option(
            "NIFTY", on: "NIFTY", "25000", .call, kind: .indexOption, multiplier: 1, delivers: [], currency: .inr)
        paper.maker.hold(reliance, "50", at: "1400", prior: "1450")
        paper.maker.hold(call, "-75", at: "180", prior: "170")
        paper.maker.trade(reliance, "1440")
        paper.maker.trade(nifty, "25000")
        paper.maker.quote(call, "165.72", "165.76")
        paper.maker.greeks(call, 0.503315, 0.000960, -11.838342, 13.811399)
        paper.ids += [reliance, call]
        return paper
    }

    @Test(arguments: [
        Expected(
            place: 0, open: "2000", day: "300", value: "60000", delta: 100, dollarDelta: 60_000, dollarGamma: 0,
            theta: 0,
            vega: 0),
        Expected(
            place: 1, open: "484", day: "110", value: "-1010", delta: 40, dollarDelta: 24_000, dollarGamma: -7_200,
            theta: 30, vega: -100),
        Expected(
            place: 2, open: "-200", day: "20", value: "300", delta: 6, dollarDelta: 360, dollarGamma: 7.20, theta: -1,
            vega: 1),
        Expected(
            place: 3, open: "500", day: "1000", value: "0", delta: 50, dollarDelta: 300_500, dollarGamma: 0, theta: 0,
            vega: 0),
        Expected(
            place: 4, open: "-350", day: "-100", value: "1650", delta: -12.5, dollarDelta: -75_125,
            dollarGamma: 18_060.05, theta: -60, vega: 300),
    ])
    func position_isOnPaper(_ expected: Expected) throws {
        let paper = Self.dollars()
        let row = try #require(paper.maker.view().row(paper.ids[expected.place]))
        #expect(row.unrealizedPnL.native.amount.value == decimal(expected.open))
        #expect(row.dayPnL.native.amount.value == decimal(expected.day))
        #expect(row.marketValue.base.amount.value == decimal(expected.value))
        let position = try #require(row.positionGreeks.value)
        let money = try #require(row.moneyGreeks.value)
        #expect(abs(position.delta - expected.delta) < 1e-9)
        #expect(abs(money.dollarDelta - expected.dollarDelta) < 1e-6)
        #expect(abs(money.dollarGamma1pct - expected.dollarGamma) < 1e-6)
        #expect(abs(money.theta - expected.theta) < 1e-9)
        #expect(abs(money.vega - expected.vega) < 1e-9)
        #expect(row.state == .confirmed)
    }

    @Test func totals_areOnPaper_inDollars() throws {
        let view = Self.dollars().maker.view()
        let totals = view.totals
        #expect(totals.unrealizedPnL.figure.amount.value == 2434)
        #expect(totals.dayPnL.figure.amount.value == 1330)
        #expect(totals.marketValue.figure.amount.value == 60_940)
        #expect(totals.notional.figure.amount.value == 300_500)
        let greeks = try #require(totals.greeks.value)
        #expect(abs(greeks.dollarDelta - 309_735) < 1e-6)
        #expect(abs(greeks.dollarGamma1pct - 10_867.25) < 1e-6)
        #expect(abs(greeks.theta - -31) < 1e-9)
        #expect(abs(greeks.vega - 201) < 1e-9)
        #expect(totals.covered == 1)
        #expect(totals.counts == StateCounts(positions: 5, confirmed: 5, stale: 0, unknown: 0))
        #expect(view.groups.map(\.symbol) == ["/ESZ6", "ABC", "SPY"])
        #expect(view.groups.map(\.delta) == [37.5, 6, 140])
    }

    @Test func position_isOnPaper_inRupees() throws {
        let paper = Self.world()
        let view = paper.maker.view()
        let reliance = try #require(view.row(paper.ids[5]))
        #expect(reliance.unrealizedPnL.native.amount.value == 2000)
        #expect(reliance.dayPnL.native.amount.value == -500)
        #expect(reliance.marketValue.native.amount.value == 72_000)
        let call = try #require(view.row(paper.ids[6]))
        #expect(call.unrealizedPnL.native.amount.value == decimal("1069.5"))
        #expect(call.dayPnL.native.amount.value == decimal("319.5"))
        #expect(call.marketValue.native.amount.value == decimal("-12430.5"))
        let greeks = try #require(call.positionGreeks.value)
        #expect(abs(greeks.delta - -37.748625) < 1e-9)
        #expect(abs(greeks.theta - 887.87565) < 1e-6)
        #expect(abs(greeks.vega - -1035.854925) < 1e-6)
        let money = try #require(call.moneyGreeks.value)
        #expect(abs(money.dollarDelta * 84.5 - -943_715.625) < 0.05)
        #expect(abs(money.dollarGamma1pct * 84.5 - -450_000) < 0.05)
    }

    @Test func totals_areOnPaper_inAllCurrencies() throws {
        let totals = Self.world().maker.view().totals
        func cents(_ total: MoneyTotal) throws -> FixedDecimal? {
            try total.figure.amount.value?.rounded(toPlaces: 2, .halfEven)
        }
        #expect(try cents(totals.unrealizedPnL) == decimal("2470.33"))
        #expect(try cents(totals.dayPnL) == decimal("1327.86"))
        #expect(try cents(totals.marketValue) == decimal("61644.96"))
        let greeks = try #require(totals.greeks.value)
        #expect(abs(greeks.dollarDelta - 299_418.84) < 0.005)
        #expect(abs(greeks.dollarGamma1pct - 5_541.81) < 0.005)
        #expect(abs(greeks.theta - -20.49) < 0.005)
        #expect(abs(greeks.vega - 188.74) < 0.005)
    }

    @Test func totals_areUnknown_whenARateIsMissing() throws {
        var paper = Self.dollars()
        let reliance = paper.maker.share("RELIANCE", currency: .inr)
        paper.maker.hold(reliance, "50", at: "1400", prior: "1450")
        paper.maker.trade(reliance, "1440")
        let view = paper.maker.view()
        let row = try #require(view.row(reliance))
        #expect(row.marketValue.native.amount.value == 72_000)
        #expect(row.marketValue.base.amount.value == nil)
        #expect(row.marketValue.base.amount.reason == "no INR/USD rate")
        #expect(row.positionGreeks.value?.delta == 50)
        #expect(row.moneyGreeks.value == nil)
        #expect(view.totals.marketValue.figure.amount.state == .unknown)
        #expect(view.totals.marketValue.known == 60_940)
        #expect(view.totals.marketValue.missing == ["tastytrade-1 RELIANCE"])
        #expect(view.totals.greeks.value == nil)
        #expect(abs(view.totals.greeks.known.dollarDelta - 309_735) < 1e-6)
        #expect(view.groups.first { $0.symbol == "RELIANCE" }?.delta == 50)
        #expect(view.groups.first { $0.symbol == "RELIANCE" }?.dollarDelta == nil)
    }
}
