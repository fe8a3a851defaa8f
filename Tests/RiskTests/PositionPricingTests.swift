import PortfolioModel
import Pricing
import Risk
import Testing

struct PositionPricingTests {
    private static func quoted(
        delivers: [Deliverable]? = nil, bid: String = "2.95", ask: String = "3.05"
    ) -> (maker: BookMaker, share: InstrumentID, call: InstrumentID) {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        let call = maker.option("XYZ", on: "XYZ", "100", .call, delivers: delivers)
        maker.hold(call, "-2", at: "3")
        maker.trade(share, "100")
        maker.quote(call, bid, ask)
        return (maker, share, call)
    }

    @Test(arguments: [Double.nan, 0.25])
    func pricing_repricesTheMark_whoeverGaveTheGreeks(feedVolatility: Double) throws {
        var (maker, _, call) = Self.quoted()
        if feedVolatility.isFinite {
            maker.greeks(call, 0.5, 0.05, -0.06, 0.11, rho: 0.03, volatility: feedVolatility)
        }
        let pricing = try #require(maker.view().row(call)?.pricing)
        #expect(pricing.impliesMark)
        #expect(abs(pricing.model.price(volatility: pricing.volatility) - 3) < 1e-9)
        #expect(pricing.units == -200)
        #expect(pricing.model(at: 110).underlyingPrice == 110)
    }

    /// 2.95 is below what exercise at 104 brings, so the mark has no volatility.
    @Test func pricing_takesTheFeedsVolatility_whenTheMarkHasNone() throws {
        var (maker, share, call) = Self.quoted()
        maker.greeks(call, 0.9, 0.05, -0.06, 0.11, volatility: 0.25)
        maker.trade(share, "104")
        let pricing = try #require(maker.view().row(call)?.pricing)
        #expect(!pricing.impliesMark)
        #expect(pricing.volatility == 0.25)
    }

    @Test func pricing_isOfWhatExerciseDelivers_whenTheContractIsAdjusted() throws {
        let (maker, _, call) = Self.quoted(
            delivers: [
                Deliverable(symbol: "XYZ", amount: 90), Deliverable(symbol: "USD", amount: 1000, isCash: true),
            ])
        let pricing = try #require(maker.view().row(call)?.pricing)
        #expect(pricing.model.underlyingPrice == 100)
        #expect(abs(pricing.model(at: 120).underlyingPrice - 118) < 1e-12)
        #expect(abs(pricing.model.price(volatility: pricing.volatility) - 3) < 1e-9)
    }

    @Test func pricing_isNil_withoutAnyVolatilityOrForAShare() throws {
        var (maker, share, call) = Self.quoted(bid: "0", ask: "0")
        maker.hold(share, "10")
        let view = maker.view()
        for id in [call, share] {
            let row = try #require(view.row(id))
            #expect(row.pricing == nil)
        }
    }
}
