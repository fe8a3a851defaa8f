import PortfolioModel
import Pricing
import Risk
import Testing

/// A call on an index at 100 with 28 days to go, and a future of the same date at 102; calls and puts imply 101.5.
struct FutureForwardGreeksTests {
    private static let settings = RiskSettings(
        session: .alwaysOpen, model: ModelAssumptions(rate: 0.04, yields: ["SPX": 0.012]))

    private struct World {
        var maker: BookMaker
        let index: InstrumentID
        let call: InstrumentID
        let put: InstrumentID
        let future: InstrumentID

        /// - Parameter scale: of the index in the future's points.
        init(
            _ symbol: String = "SPX", product: String = "/ES", days: Int = 28, now: Timestamp = BookMaker.open,
            scale: FixedDecimal = 1
        ) {
            maker = BookMaker(now: now)
            index = maker.share(symbol, kind: .index)
            call = maker.option(symbol, on: symbol, "100", .call, days: days, kind: .indexOption)
            put = maker.option(symbol, on: symbol, "100", .put, days: days, kind: .indexOption)
            future = maker.future("\(product)Z6", product: product, multiplier: 50)
            maker.trade(index, "100")
            maker.quote(call, "3.06", "3.10")
            maker.quote(put, "1.565", "1.605")
            let bid = try? FixedDecimal("101.9").multiplied(by: scale)
            let ask = try? FixedDecimal("102.1").multiplied(by: scale)
            maker.quote(future, bid?.description, ask?.description)
            maker.hold(call, "1")
        }

        func forward(_ settings: RiskSettings = FutureForwardGreeksTests.settings) throws -> ModelForward? {
            try #require(maker.view(settings).row(call)?.modelInputs).forward
        }
    }

    /// The future's symbol, or `parity`.
    private static func source(_ forward: ModelForward?) -> String? {
        switch forward {
        case .future(let symbol, _): symbol
        case .parity: "parity"
        case nil: nil
        }
    }

    @Test func forward_isTheFutures_whereOneOfTheSameDateIsQuoted() throws {
        let world = World()
        let row = try #require(world.maker.view(Self.settings).row(world.call))
        let (inputs, unit) = (try #require(row.modelInputs), try #require(row.unitGreeks.value))
        #expect(inputs.forward == .future(symbol: "/ESZ6", price: 102) && row.unitGreeks.state == .confirmed)
        let onForward = OptionModel(
            right: .call, underlyingPrice: 102, strike: 100, years: inputs.years, rate: inputs.rate, isOnFuture: true
        ).valuation(volatility: inputs.volatility)
        #expect(abs(onForward.price - 3.08) < 1e-7 && abs(onForward.delta * 1.02 - unit.delta) < 1e-12)
    }

    @Test(arguments: [
        ("XSP", "/ES", 10), ("SPX", "/MES", 1), ("MRUT", "/RTY", 10), ("XND", "/NQ", 100), ("DJX", "/YM", 100),
        ("VIX", "/VX", 1), ("NIFTY", "NIFTY", 1),
    ])
    func forward_isInTheIndexsPoints(index: String, product: String, scale: Int) throws {
        let forward = try #require(try World(index, product: product, scale: FixedDecimal(scale)).forward())
        #expect(Self.source(forward) == "\(product)Z6" && abs(forward.price - 102) < 1e-9)
    }

    /// The large contract goes before the small one, whichever was known first.
    @Test func future_isTheLargeContracts_whereBothAreQuoted() throws {
        var world = World(product: "/MES")
        let large = world.maker.future("/ESZ6", product: "/ES", multiplier: 50)
        #expect(try world.forward() == .future(symbol: "/MESZ6", price: 102))
        world.maker.quote(large, "101.95", "102.15")
        #expect(try Self.source(world.forward()) == "/ESZ6")
    }

    enum Flaw: CaseIterable { case otherProduct, otherDate, absent, crossed, wide, silent, spike }

    @Test(arguments: Flaw.allCases)
    func forward_isParitys_whenTheFuturesQuoteIs(_ flaw: Flaw) throws {
        var world = World(
            product: flaw == .otherProduct ? "/NQ" : "/ES", days: flaw == .otherDate ? 27 : 28)
        switch flaw {
        case .otherProduct, .otherDate: break
        case .absent: world.maker.quote(world.future, nil, nil)
        case .crossed: world.maker.quote(world.future, "102.1", "101.9")
        case .wide: world.maker.quote(world.future, "97", "107")
        case .silent:
            world.maker.now = world.maker.now.adding(.seconds(1200))
            world.maker.trade(world.index, "100")
            world.maker.quote(world.call, "3.06", "3.10")
            world.maker.quote(world.put, "1.565", "1.605")
        case .spike:
            world.maker.trade(world.future, "102", previous: "102")
            world.maker.quote(world.future, "203.9", "204.1")
        }
        let forward = try #require(try world.forward())
        #expect(Self.source(forward) == "parity" && abs(forward.price - 101.5) < 0.05)
    }

    /// By night a future goes on and the index does not.
    @Test func forward_isParitys_whileTheIndexIsNotTraded() throws {
        let night = try #require(Timestamp("2026-11-20T02:00:00Z"))
        let settings = RiskSettings(model: Self.settings.model)
        #expect(try Self.source(World(now: night).forward(settings)) == "parity")
        #expect(try Self.source(World().forward(settings)) == "/ESZ6")
    }

    /// Without a future and without a strip there is the assumed yield.
    @Test func forward_isNone_withoutEither() throws {
        var world = World()
        world.maker.quote(world.future, nil, nil)
        world.maker.quote(world.put, nil, nil)
        #expect(try world.forward() == nil)
    }

    /// A future that nobody holds moves what rests on it, as a computation from scratch would.
    @Test func totals_followTheFuturesQuote() throws {
        var world = World()
        var engine = RiskEngine(book: world.maker.book, settings: Self.settings, now: world.maker.now)
        var seen = [engine.totals.greeks.dollarDelta]
        let quotes: [(InstrumentID, String?, String?)] = [
            (world.future, "102.4", "102.6"), (world.put, "1.5", "1.54"), (world.future, nil, nil),
            (world.put, "1.6", "1.64"), (world.future, "101.5", "101.7"),
        ]
        for (id, bid, ask) in quotes {
            var batch = MarketBatch(source: BookMaker.feed, receivedAt: world.maker.now)
            batch.quotes.append(
                QuoteEvent(instrument: id.raw, bid: WireDecimal(bid.map(decimal)), ask: WireDecimal(ask.map(decimal))))
            try engine.apply(world.maker.apply([.market(batch)]))
            let scratch = RiskEngine(
                book: world.maker.book, settings: Self.settings, now: engine.now, memory: engine.memory)
            #expect(engine.totals == scratch.totals)
            seen.append(engine.totals.greeks.dollarDelta)
        }
        #expect(seen[1] == seen[2], "the strip says nothing while there is a future")
        #expect(Set(seen).count == 5)
    }
}
