import PortfolioModel
import Pricing
import Risk
import Testing

struct GreeksSourceTests {
    private static func quoted(isOptionQuoted: Bool = true) -> (maker: BookMaker, call: InstrumentID) {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        let call = maker.option("XYZ", on: "XYZ", "100", .call)
        maker.hold(call, "2", at: "3")
        maker.trade(share, "100")
        if isOptionQuoted { maker.quote(call, "2.95", "3.05") }
        return (maker, call)
    }

    @Test(arguments: [
        (Double.nan, 0.05, -0.05, 0.1, 0.2), (0.5, .nan, -0.05, 0.1, 0.2), (-999, -999, -999, -999, -999),
        (-2, -2, -2, -2, -2), (-1, -1, -1, -1, -1), (1.797e308, 0.05, -0.05, 0.1, 0.2),
        (0.5, 0.05, 1.797e308, 0.1, 0.2),
        (0.5, -0.01, -0.05, 0.1, 0.2), (0.5, 0.05, -0.05, -0.1, 0.2), (1.06, 0.05, -0.05, 0.1, 0.2),
        (-0.5, 0.05, -0.05, 0.1, 0.2), (0.5, 0.05, -0.05, 0.1, -1), (0.5, 0.05, -0.05, 0.1, 0),
        (0.5, 0.05, -999, 0.1, 0.2), (0.5, 0.05, -0.05, 0.1, .infinity), (.infinity, 0.05, -0.05, 0.1, 0.2),
    ])
    func greeks_areTheModels_whenTheFeedSendsNone(
        delta: Double, gamma: Double, theta: Double, vega: Double, volatility: Double
    ) throws {
        var (maker, call) = Self.quoted()
        maker.greeks(call, delta, gamma, theta, vega, volatility: volatility)
        let row = try #require(maker.view().row(call))
        #expect(row.unitGreeks.source == "model")
        #expect(row.unitGreeks.state == .confirmed)
        let unit = try #require(row.unitGreeks.value)
        #expect((0.4...0.6).contains(unit.delta))
        #expect(unit.theta < 0)
        #expect((0.1...0.5).contains(try #require(row.impliedVolatility.value)))
    }

    @Test func greeks_areTheFeeds_whenSane() throws {
        var (maker, call) = Self.quoted()
        maker.greeks(call, 0.5, 0.05, -0.06, 0.11, rho: 0.03, volatility: 0.25)
        let row = try #require(maker.view().row(call))
        #expect(row.unitGreeks.source == "tastytrade")
        #expect(row.unitGreeks.value == UnitGreeks(delta: 0.5, gamma: 0.05, theta: -0.06, vega: 0.11, rho: 0.03))
        #expect(row.impliedVolatility.value == 0.25)
        #expect(row.positionGreeks.value == PositionGreeks(delta: 100, gamma: 10, theta: -12, vega: 22, rho: 6))
    }

    @Test func greeks_keepTheFeeds_whenItStatesNoVolatility() throws {
        var (maker, call) = Self.quoted()
        maker.greeks(call, 0.5, 0.05, -0.06, 0.11, volatility: .nan)
        let row = try #require(maker.view().row(call))
        #expect(row.unitGreeks.source == "tastytrade")
        #expect(row.impliedVolatility.source == "model")
    }

    /// The quotes of a feed that begins come a moment before its Greeks: the model is not asked in between.
    @Test func greeks_awaitTheFeeds_whenItHasJustBegunToSpeak() throws {
        var (maker, call) = Self.quoted()
        let settings = RiskSettings(session: .alwaysOpen, greeksFeeds: [BookMaker.feed])
        let begun = maker.now
        let reason = try #require(maker.view(settings).row(call)).unitGreeks.reason
        #expect(reason == "no feed Greeks; the feed's are awaited")
        #expect(try #require(maker.view().row(call)).unitGreeks.source == "model")
        // A quote more does not begin the waiting anew.
        maker.now = begun.adding(.milliseconds(900))
        maker.quote(call, "2.96", "3.06")
        #expect(try #require(maker.view(settings).row(call)).unitGreeks.value == nil)
        maker.now = begun.adding(.seconds(1))
        #expect(try #require(maker.view(settings).row(call)).unitGreeks.source == "model")

        maker.apply([.feedSilent(BookMaker.feed)])
        maker.now = begun.adding(.seconds(60))
        maker.quote(call, "2.97", "3.07")
        #expect(try #require(maker.view(settings).row(call)).unitGreeks.value == nil)
        maker.greeks(call, 0.5, 0.05, -0.06, 0.11)
        #expect(try #require(maker.view(settings).row(call)).unitGreeks.source == "tastytrade")
        maker.now = begun.adding(.seconds(120))
        maker.quote(call, "2.98", "3.08")
        #expect(try #require(maker.view(settings).row(call)).unitGreeks.source == "tastytrade")
    }

    /// Those from before the silence stand, stale by their age, and an engine that lives on agrees with a new one.
    @Test func greeks_ofBefore_standWhileTheFeedsAreAwaited() throws {
        var (maker, call) = Self.quoted()
        let settings = RiskSettings(session: .alwaysOpen, quoteSilence: .seconds(20), greeksFeeds: [BookMaker.feed])
        maker.greeks(call, 0.5, 0.05, -0.06, 0.11)
        var engine = RiskEngine(book: maker.book, settings: settings, now: maker.now)
        try engine.apply(maker.apply([.feedSilent(BookMaker.feed)]))
        maker.now = maker.now.adding(.seconds(60))
        engine.advance(to: maker.now)
        var batch = MarketBatch(source: BookMaker.feed, receivedAt: maker.now)
        batch.quotes = [
            QuoteEvent(instrument: call.raw, bid: WireDecimal(decimal("2.9")), ask: WireDecimal(decimal("3")))
        ]
        let share = try #require(maker.book.master.find(.ticker, "XYZ", on: BookMaker.today))
        batch.trades = [TradeEvent(instrument: share.raw, price: WireDecimal(decimal("100")))]
        try engine.apply(maker.apply([.market(batch)]))
        let figure = try #require(engine.view(at: maker.now).row(call)).unitGreeks
        #expect(figure.source == "tastytrade" && figure.state == .stale && figure.value?.delta == 0.5)
        #expect(engine.totals == RiskEngine(book: maker.book, settings: settings, now: maker.now).totals)
        engine.advance(to: maker.now.adding(.seconds(1)))
        #expect(try #require(engine.view(at: engine.now).row(call)).unitGreeks.source == "model")
    }

    @Test func greeks_areUnknownWithReason_withoutAnySource() throws {
        var (maker, call) = Self.quoted(isOptionQuoted: false)
        let share = try #require(maker.book.master.find(.ticker, "XYZ", on: BookMaker.today))
        maker.hold(share, "100", at: "90")
        let view = maker.view()
        let row = try #require(view.row(call))
        #expect(row.unitGreeks.value == nil)
        #expect(row.unitGreeks.reason == "no feed Greeks; no quote")
        #expect(view.totals.greeks.value == nil)
        #expect(view.totals.greeks.missing == ["tastytrade-1 XYZ 2026-12-18 100 C"])
        #expect(view.totals.greeks.known.dollarDelta == 10_000)
        #expect(view.totals.covered.map { abs($0 - 1.0 / 3) < 1e-12 } == true)
        #expect(view.groups.first?.delta == nil)
        #expect(view.totals.marketValue.missing == ["tastytrade-1 XYZ 2026-12-18 100 C"])
        #expect(view.totals.marketValue.known == 10_000)
    }

    /// What the option is worth of the exposure, nobody knows: the covered share cannot be that of the rest.
    @Test func covered_isUnknown_whileAnUnderlyingHasNoPrice() throws {
        var maker = BookMaker()
        let call = maker.option("DARK", on: "DARK", "100", .call)
        let share = maker.share("SPY")
        maker.trade(share, "600")
        maker.hold(share, "100")
        #expect(maker.view().totals.covered == 1)
        maker.hold(call, "1")
        let totals = maker.view().totals
        #expect(totals.covered == nil)
        #expect(totals.unmeasured == ["tastytrade-1 DARK 2026-12-18 100 C"])
        #expect(totals.coveredReason == "exposure of tastytrade-1 DARK 2026-12-18 100 C unknown")
        let engine = RiskEngine(book: maker.book, settings: RiskSettings(session: .alwaysOpen), now: maker.now)
        #expect(engine.totals.covered == nil)
    }

    @Test func greeks_sayWhyThereIsNoVolatility() throws {
        var (maker, call) = Self.quoted()
        maker.quote(call, "0", "0.05")
        let row = try #require(maker.view().row(call))
        #expect(row.mark.rule == .halfAsk)
        #expect(row.unitGreeks.reason == "no feed Greeks; no implied volatility: noBid")
    }

    @Test func greeks_areUnknown_whenTheDeliverableIsNotStated() throws {
        var maker = BookMaker()
        let contract = Contract(
            underlying: "XYZ", root: "XYZ", expiry: BookMaker.today.adding(days: 28), strike: 100, right: .call,
            premiumMultiplier: 100)
        let call = maker.instrument(InstrumentTerms(kind: .equityOption, symbol: "XYZ C100", contract: contract))
        maker.hold(call, "1")
        maker.quote(call, "2.95", "3.05")
        let row = try #require(maker.view().row(call))
        #expect(row.unitGreeks.reason == "deliverable not stated")
        #expect(row.marketValue.native.amount.value == 300)
    }

    @Test func greeks_areStale_whenTheFeedFallsSilent() throws {
        var (maker, call) = Self.quoted()
        maker.greeks(call, 0.5, 0.05, -0.06, 0.11)
        maker.apply([.feedSilent(BookMaker.feed)])
        let row = try #require(maker.view().row(call))
        #expect(row.unitGreeks.state == .stale)
        #expect(row.unitGreeks.value?.delta == 0.5)
        #expect(row.state == .stale)
    }

    struct Scale: Sendable {
        var theta: Double = 1
        var vega: Double = 1
        var alarm: String?
    }

    @Test(arguments: [
        Scale(), Scale(theta: 365, alarm: "tastytrade's theta is about 365 x the model's on 6 of 6 options"),
        Scale(vega: 100, alarm: "tastytrade's vega is about 100 x the model's on 6 of 6 options"),
        Scale(theta: 365 / 252.0, alarm: "tastytrade's theta is about 365/252 x the model's on 6 of 6 options"),
        Scale(theta: 1 / 365.0, alarm: "tastytrade's theta is about 1/365 of the model's on 6 of 6 options"),
        Scale(vega: 0.01, alarm: "tastytrade's vega is about 1/100 of the model's on 6 of 6 options"),
        Scale(theta: 1.2, vega: 0.9),
    ])
    func units_areRefusedAndAlarmed_whenTheyAreNotTheDomains(_ scale: Scale) throws {
        var maker = BookMaker()
        let options = try Self.scaled(scale, in: &maker)
        for option in options { maker.quote(option.id, option.bid, option.ask) }
        let view = maker.view()
        #expect(view.alarms == (scale.alarm.map { ["Greeks refused: \($0)"] } ?? []))
        for option in options {
            let greeks = try #require(view.row(option.id)).unitGreeks
            #expect((greeks.value == nil) == (scale.alarm != nil))
            if let alarm = scale.alarm { #expect(greeks.reason == "feed units refused: \(alarm)") }
        }
    }

    /// The first Greeks of a session often come before the quotes they are compared by.
    @Test func units_areRefused_whenQuotesComeAfterTheGreeks() throws {
        var maker = BookMaker()
        let options = try Self.scaled(Scale(theta: 365), in: &maker)
        var engine = RiskEngine(book: maker.book, settings: RiskSettings(session: .alwaysOpen), now: maker.now)
        #expect(engine.view(at: maker.now).alarms.isEmpty)
        var batch = MarketBatch(source: BookMaker.feed, receivedAt: maker.now)
        batch.quotes = options.map {
            QuoteEvent(
                instrument: $0.id.raw, bid: WireDecimal(decimal($0.bid)), ask: WireDecimal(decimal($0.ask)))
        }
        try engine.apply(maker.apply([.market(batch)]))
        #expect(engine.view(at: maker.now).alarms.count == 1)
        #expect(engine.totals.missingGreeks == options.count)
    }

    /// Six options of one share with a feed's Greeks, scaled, and the quotes that their volatility gives.
    private static func scaled(
        _ scale: Scale, in maker: inout BookMaker
    ) throws -> [(id: InstrumentID, bid: String, ask: String)] {
        maker.trade(maker.share("XYZ"), "100")
        return try [
            ("96", OptionRight.call), ("100", .call), ("104", .call), ("96", .put), ("100", .put), ("104", .put),
        ].map { strike, right in
            let id = maker.option("XYZ", on: "XYZ", strike, right)
            let model = OptionModel(
                right: right, underlyingPrice: 100, strike: decimal(strike).doubleValue,
                years: YearFraction.toExpiry(BookMaker.today.adding(days: 28), from: maker.now), rate: 0.04)
            let truth = model.valuation(volatility: 0.25)
            let exact = try #require(FixedDecimal(approximating: truth.price))
            let price = try exact.rounded(toPlaces: 2, .halfEven)
            maker.hold(id, "1")
            maker.greeks(
                id, truth.delta, truth.gamma, truth.theta * scale.theta, truth.vega * scale.vega, rho: truth.rho,
                volatility: 0.25)
            return (id, price.description, try (price + decimal("0.01")).description)
        }
    }

    @Test func units_areNotRefused_onTooFewOptions() throws {
        var (maker, call) = Self.quoted()
        maker.greeks(call, 0.5, 0.05, -0.06 * 365, 0.11)
        #expect(maker.view().alarms.isEmpty)
    }
}
