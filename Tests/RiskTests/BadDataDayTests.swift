import PortfolioModel
import Risk
import Testing

/// Scenario S10: a day of bad data. The pledged holding and the margin clause come with the brokers that have them.
struct BadDataDayTests {
    private struct Day {
        var maker = BookMaker()
        var share: InstrumentID
        var zero: InstrumentID
        var absent: InstrumentID
        var sentinel: InstrumentID
        var crossed: InstrumentID
        var call: InstrumentID
        var put: InstrumentID

        init() {
            share = maker.share("XYZ")
            zero = maker.option("XYZ", on: "XYZ", "110", .call)
            absent = maker.option("XYZ", on: "XYZ", "105", .call)
            sentinel = maker.option("XYZ", on: "XYZ", "95", .put)
            crossed = maker.option("XYZ", on: "XYZ", "90", .put)
            call = maker.option("XYZ", on: "XYZ", "100", .call, days: 60)
            put = maker.option("XYZ", on: "XYZ", "100", .put, days: 60)
            maker.trade(share, "100")
            for id in [zero, absent, sentinel, crossed] { maker.hold(id, "1", at: "1.00") }
            // Neutral by their deltas.
            maker.hold(call, "-9", at: "4.00")
            maker.hold(put, "-11", at: "4.00")
            maker.quote(call, "4.05", "4.15")
            maker.quote(put, "3.65", "3.75")
            maker.greeks(call, 0.55, 0.045, -0.035, 0.16, volatility: 0.24)
            maker.greeks(put, -0.45, 0.045, -0.025, 0.16, volatility: 0.24)
        }

        /// Before the open: what feeds send for "none".
        mutating func beBad() {
            maker.quote(zero, "0", "0")
            maker.greeks(zero, .nan, .nan, .nan, .nan, volatility: .nan)
            maker.quote(absent, nil, nil)
            maker.greeks(absent, 1.797e308, 1, 1, 1)
            maker.quote(sentinel, "0", "0")
            maker.greeks(sentinel, -999, -999, -999, -999, volatility: -999)
            maker.quote(crossed, "1.20", "1.00")
            maker.greeks(crossed, -2, -1, 0, -1, volatility: -1)
        }
    }

    @Test func noSentinel_entersATotal_andTheUncoveredShareIsShown() throws {
        var day = Day()
        day.beBad()
        let view = day.maker.view()
        let totals = view.totals
        #expect(totals.greeks.value == nil)
        #expect(totals.greeks.missing.count == 4)
        // The straddle alone: -9 x 0.55 + 11 x 0.45.
        #expect(abs(totals.greeks.known.dollarDelta) < 1e-9)
        #expect(abs(totals.greeks.known.vega - -320) < 1e-9)
        // 20 of 24 contracts' exposure is known.
        #expect(totals.covered.map { abs($0 - 20.0 / 24) < 1e-12 } == true)
        for id in [day.zero, day.absent, day.sentinel, day.crossed] {
            let row = try #require(view.row(id))
            #expect(row.unitGreeks.value == nil)
            #expect(row.unitGreeks.reason?.isEmpty == false, "each says why")
        }
        let leg = try #require(view.row(day.call))
        #expect(leg.unitGreeks.source == "tastytrade")
        #expect(leg.unitGreeks.asOf == day.maker.now)
    }

    @Test func everythingClears_whenQuotesArrive() throws {
        var day = Day()
        day.beBad()
        var engine = RiskEngine(
            book: day.maker.book, settings: RiskSettings(session: .alwaysOpen), now: day.maker.now)
        #expect(engine.totals.missingGreeks == 4)
        for (id, bid, ask, delta) in [
            (day.zero, "0.30", "0.40", 0.10), (day.absent, "0.90", "1.00", 0.25), (day.sentinel, "0.80", "0.90", -0.22),
            (day.crossed, "0.20", "0.30", -0.08),
        ] {
            var batch = MarketBatch(source: BookMaker.feed, receivedAt: day.maker.now)
            batch.quotes = [
                QuoteEvent(instrument: id.raw, bid: WireDecimal(decimal(bid)), ask: WireDecimal(decimal(ask)))
            ]
            batch.greeks = [
                GreeksEvent(
                    instrument: id.raw, price: 1, volatility: 0.25, delta: delta, gamma: 0.03, theta: -0.02, vega: 0.08,
                    rho: 0)
            ]
            try engine.apply(day.maker.apply([.market(batch)]))
        }
        #expect(engine.totals.missingGreeks == 0)
        #expect(engine.totals.covered == 1)
        #expect(engine.view(at: day.maker.now).totals.greeks.value != nil)
    }

    @Test func straddle_isWithoutRiskByItsDelta_andNotByFullRevaluation() throws {
        let day = Day()
        let book = RevaluationBook(day.maker.view())
        var closes: [(date: CalendarDate, close: Double)] = [(BookMaker.today.adding(days: -300), 100)]
        // Moves of 4 % up and down in turns.
        for step in 1...200 {
            let last = closes[step - 1]
            closes.append((last.date.adding(days: 1), last.close * (step % 2 == 0 ? 1.04 : 0.96)))
        }
        var straddle = book
        straddle.legs.removeAll { !$0.name.contains("100") || $0.quantity > 0 }
        #expect(straddle.legs.count == 2)
        let history = FactorHistory(base: .usd, closes: [day.share: CloseSeries(closes)])
        let risk = ValueAtRisk(straddle, history)
        let normal = try #require(risk.deltaNormal?.valueAtRisk)
        let full = try #require(risk.historical?.tail.valueAtRisk)
        #expect(full > 500)
        #expect(normal < full / 4, "\(normal) by delta, \(full) revalued")
    }
}
