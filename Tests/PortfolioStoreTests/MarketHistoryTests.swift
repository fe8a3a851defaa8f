import GRDB
import PortfolioModel
import Testing

@testable import PortfolioStore

struct MarketHistoryTests {
    private func day(_ offset: Int) -> CalendarDate { CalendarDate(dayNumber: 20_000 + offset) }

    private func price(_ id: UInt32, _ offset: Int, _ close: FixedDecimal, _ source: String = "tastytrade")
        -> DailyPrice
    {
        DailyPrice(
            instrument: InstrumentID(raw: id), date: day(offset), open: offset == 0 ? 3 : nil, close: close,
            source: source, asOf: Timestamp(seconds: 1_700_000_000 + offset))
    }

    private func store(_ fixture: StoreFixture) throws -> PortfolioStore {
        let store = try fixture.open()
        try store.commit([SampleBook.update(1, try SampleBook.changes())])
        return store
    }

    @Test func prices_areKeptOnce_perInstrumentDayAndSource() throws {
        let fixture = try StoreFixture()
        let store = try store(fixture)
        let rows = [price(1, 0, 5), price(1, 1, 6), price(1, 1, 7, "file:a"), price(2, 1, 8)]
        #expect(try store.savePrices(rows) == 4)
        #expect(try store.savePrices(rows) == 0)
        #expect(try store.savePrices([price(1, 1, 9)]) == 1)
        let read = try store.prices(from: day(0), through: day(9))
        #expect(Set(read) == Set([price(1, 0, 5), price(1, 1, 9), price(1, 1, 7, "file:a"), price(2, 1, 8)]))
        #expect(try store.prices(of: [InstrumentID(raw: 2)], from: day(0), through: day(9)) == [price(2, 1, 8)])
        let history = try store.priceHistory(from: day(1), through: day(1))
        #expect(history.close(of: InstrumentID(raw: 1), on: day(1)) == 7)
        let coverage = try store.priceCoverage()
        #expect(coverage.map(\.days) == [1, 2, 1])
        #expect(coverage[1].first == day(0) && coverage[1].last == day(1) && coverage[1].source == "tastytrade")
    }

    @Test func prices_ofAnUnknownInstrument_areRefusedWhole() throws {
        let fixture = try StoreFixture()
        let store = try store(fixture)
        #expect(throws: StoreError.self) { try store.savePrices([price(1, 0, 5), price(999, 0, 5)]) }
        #expect(try store.prices(from: day(0), through: day(9)).isEmpty)
    }

    @Test func prices_ofAnUpdate_commitWithIt() throws {
        let fixture = try StoreFixture()
        let store = try store(fixture)
        try store.commit([SampleBook.update(2, [.prices([price(1, 0, 5)])])])
        #expect(try store.prices(from: day(0), through: day(9)) == [price(1, 0, 5)])
    }

    @Test func rates_areKeptByDayAndSource_andAnsweredForADate() throws {
        let fixture = try StoreFixture()
        let store = try store(fixture)
        func rate(_ offset: Int, _ value: FixedDecimal, _ source: String = "ecb") -> DailyFXRate {
            DailyFXRate(
                date: day(offset),
                rate: FXRate(
                    base: .eur, quote: .usd, rate: value, asOf: Timestamp(seconds: (20_000 + offset) * 86_400),
                    source: source))
        }
        let rows = [rate(0, 1), rate(2, 2), rate(2, 3, "config"), rate(5, 4)]
        #expect(try store.saveRates(rows) == 4)
        #expect(try store.saveRates(rows) == 0)
        #expect(try store.rates(from: day(1), through: day(4)).count == 2)
        #expect(try store.rates(latestOn: day(3)).map(\.rate.rate) == [3, 2])
        #expect(try store.rates(latestOn: day(-1)).isEmpty)
        #expect(FXHistory(try store.rates(latestOn: day(1))).rate(from: .eur, to: .usd, on: day(1)).value == 1)
    }

    @Test func rates_ofSeveralSources_comeBackSideBySide_withoutConfiguredOnes() throws {
        let fixture = try StoreFixture()
        let store = try store(fixture)
        let at = SampleBook.now
        let rates = ["tastytrade", "config", "ecb"].map {
            FXRate(base: .eur, quote: .usd, rate: 1, asOf: at, source: $0)
        }
        try store.commit([SampleBook.update(2, rates.map { .rate($0) })])
        let back = try store.loadBook(base: .usd).changes.compactMap { change -> String? in
            if case .rate(let rate) = change, rate.base == .eur { rate.source } else { nil }
        }
        #expect(back == ["ecb", "tastytrade"])
    }

    @Test func ratesOfDaysBefore_areInTheBookAgain() throws {
        let fixture = try StoreFixture()
        let store = try store(fixture)
        let rates = (0..<3).map {
            FXRate(
                base: .eur, quote: .usd, rate: FixedDecimal($0 + 1), asOf: Timestamp(seconds: (20_000 + $0) * 86_400),
                source: $0 == 1 ? "config" : "ecb")
        }
        try store.commit([SampleBook.update(2, rates.map { .rate($0) })])
        try store.saveRates(rates.map { DailyFXRate(date: $0.asOf.utcDate, rate: $0) })
        let stored = try store.loadBook(base: .usd)
        var book = Book(base: .usd)
        try book.restore(stored.changes, sequence: stored.sequence)
        let values = (-1..<3).map { offset in
            book.recentRates.table(on: day(offset), by: FXRules(precedence: [.configuration]), base: .usd)
                .rate(from: .eur, to: .usd).value
        }
        #expect(values == [nil, 1, 2, 2])
        #expect(book.rates.rate(from: .eur, to: .usd).value == 3)
    }

    @Test func edges_areWrittenOnce_andCarryTheHistoryBetweenThem() throws {
        let fixture = try StoreFixture()
        let store = try store(fixture)
        let key = PositionKey(SampleBook.tasty, InstrumentID(raw: 1))
        func edge(_ seconds: Int, _ kind: ValuationEdge.Kind, _ quantity: FixedDecimal) -> ValuationEdge {
            var edge = ValuationEdge(
                position: key, at: SampleBook.now.adding(.seconds(seconds)), kind: kind, quantity: quantity,
                state: .confirmed, asOf: SampleBook.now, greeksSource: "model")
            (edge.mark, edge.delta, edge.fx, edge.averageOpenPrice) = (9, 0.5, 1, 8)
            return edge
        }
        try store.commit([SampleBook.update(2, [.transaction(try SampleBook.transaction("t1"))])])
        var income = try SampleBook.transaction("t2", cash: 3)
        (income.quantity, income.price, income.fees) = (nil, nil, .zero)
        income.executedAt = SampleBook.now.adding(.seconds(20))
        try store.commit([SampleBook.update(3, [.transaction(income)])])
        let edges = [edge(-10, .open, 0), edge(0, .fill, 1), edge(30, .close, 1)]
        try store.saveEdges(edges)
        var other = edges[1]
        other.mark = 1
        try store.saveEdges([other])
        let read = try store.edges(from: edges[0].at, through: edges[2].at)
        #expect(read.map(\.mark) == [9, 9, 9])
        #expect(read.map(\.averageOpenPrice) == [8, 8, 8])
        #expect(read[0].events == EdgeEvents())
        // Bought 1 for 9.50 and paid 0.50 of fees.
        let half = try FixedDecimal("0.5")
        #expect(read[1].events == EdgeEvents(tradedQuantity: 1, tradeCash: try FixedDecimal("-9.5"), fees: half))
        #expect(read[2].events == EdgeEvents(income: 3))
        // What came before the range but after the edge before it belongs to the first edge in it.
        let part = try store.edges(of: key, from: edges[1].at, through: edges[1].at)
        #expect(part.first?.events == read[1].events)
        #expect(try store.lastEdges(.close) == [key.instrument: edges[2].at])
        #expect(try store.lastEdges(.manual).isEmpty)
    }

    @Test func fillsOfAFuture_countAtTheirPrice_whichIsNoCash() throws {
        let fixture = try StoreFixture()
        let store = try store(fixture)
        let future = try #require(try SampleBook.instruments().first { $0.kind == .future }).id
        let key = PositionKey(SampleBook.tasty, future)
        let edges = [0, 30].map {
            ValuationEdge(
                position: key, at: SampleBook.now.adding(.seconds($0)), kind: .close, quantity: 0, state: .confirmed,
                asOf: SampleBook.now)
        }
        try store.saveEdges(edges)
        // Bought 1 at 6000, of which no cash moves, sold 1 whose row has no price, and one went by an expiry at 0.
        let fills: [(FixedDecimal, FixedDecimal?)] = [(1, 6000), (-1, nil), (-1, 0)]
        for (place, fill) in fills.enumerated() {
            var row = try SampleBook.transaction("f\(place)", cash: try decimal("-0.5"))
            (row.instrument, row.quantity, row.price) = (future, fill.0, fill.1)
            row.executedAt = SampleBook.now.adding(.seconds(10 + place))
            try store.commit([SampleBook.update(UInt64(place + 2), [.transaction(row)])])
        }
        let read = try store.edges(of: key, from: edges[0].at, through: edges[1].at)
        #expect(
            read[1].events
                == EdgeEvents(
                    tradedQuantity: -1, tradeCash: -300_000, unpricedQuantity: -2, fees: try decimal("1.5")))
    }

    /// Row 12 of the fault matrix: what is no number is stored as absent.
    @Test func figuresThatAreNoNumbers_areStoredAsAbsent() throws {
        let fixture = try StoreFixture()
        let store = try store(fixture)
        var edge = ValuationEdge(
            position: PositionKey(SampleBook.tasty, InstrumentID(raw: 1)), at: SampleBook.now, kind: .manual,
            quantity: 1, state: .unknown, asOf: SampleBook.now)
        (edge.delta, edge.gamma, edge.theta) = (.nan, .infinity, -.infinity)
        (edge.vega, edge.rho, edge.volatility) = (.greatestFiniteMagnitude, -0.0, .signalingNaN)
        try store.saveEdges([edge])
        let read = try #require(try store.edges(from: SampleBook.now, through: SampleBook.now).first)
        #expect([read.delta, read.gamma, read.theta, read.volatility] == [nil, nil, nil, nil])
        #expect(read.vega == .greatestFiniteMagnitude)
        var market = try SampleBook.market()
        market.greeks?.event.delta = .infinity
        try store.saveMarkets([(InstrumentID(raw: 4), market)])
        let notFinite = try store.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT (SELECT count(*) FROM valuation_edge WHERE abs(gamma) = 9e999 OR abs(theta) = 9e999)
                        + (SELECT count(*) FROM market WHERE abs(delta) = 9e999)
                    """)
        }
        #expect(notFinite == 0)
    }

    @Test func results_areKeptWithTheirTime_newestFirst() throws {
        let fixture = try StoreFixture()
        let store = try store(fixture)
        let now = SampleBook.now
        for (place, parameters) in ["{}", "{\"days\":10}", "{}"].enumerated() {
            try store.saveRiskResult(
                StoredRiskResult(
                    kind: "var", parameters: parameters, json: "{\"n\":\(place)}", sequence: 7,
                    at: now.adding(.seconds(place))))
        }
        let end = now.adding(.seconds(60))
        #expect(try store.riskResults("var", through: end).map(\.json) == ["{\"n\":2}", "{\"n\":1}", "{\"n\":0}"])
        #expect(try store.riskResults("var", parameters: "{}", through: end, limit: 1).map(\.json) == ["{\"n\":2}"])
        #expect(try store.riskResults("scenarios", through: end).isEmpty)
        #expect(throws: StoreError.self) {
            try store.saveRiskResult(
                StoredRiskResult(kind: "var", parameters: "{", json: "{}", sequence: 7, at: now))
        }
    }

    @Test func anOlderDatabase_keepsItsHistory_whenOrdersAreAdded() throws {
        let fixture = try StoreFixture()
        let old = try fixture.open(schema: StoreSchema(steps: Array(StoreSchema.current.steps.prefix(3))))
        try old.write {
            try $0.execute(
                sql: """
                    INSERT INTO account(id, broker, number, tax_status, currency, state)
                    VALUES ('\(SampleBook.tasty)', 'tastytrade', '1', 'taxable', 'USD', 'confirmed');
                    INSERT INTO account_transaction VALUES ('\(SampleBook.tasty)', 'a', 'Trade', 'Buy to Open', '',
                        NULL, '1', '9.5', '-10', '-0.5', 'USD', 5, '2026-11-20', 6);
                    """)
        }
        try old.checkpointAndClose()
        let store = try fixture.open()
        var row = try #require(try store.transactions(limit: 9).first)
        #expect(row.netCash == -10 && row.orderID == nil)
        row.orderID = "7"
        try store.commit([SampleBook.update(1, [.transaction(row)])])
        #expect(try store.transactions(limit: 9) == [row])
        #expect(try store.verify().isEmpty)
    }

    @Test func anOlderDatabase_keepsItsRates_whenItIsMigrated() throws {
        let fixture = try StoreFixture()
        let first = StoreSchema(steps: Array(StoreSchema.current.steps.prefix(1)))
        let old = try fixture.open(schema: first)
        try old.write {
            try $0.execute(
                sql: "INSERT INTO fx_rate(base, quote, rate, as_of, source) VALUES ('EUR', 'USD', '1.1', 5, 'ecb')")
        }
        try old.checkpointAndClose()
        let store = try fixture.open()
        let rates = try store.loadBook(base: .usd).changes.compactMap { change -> FXRate? in
            if case .rate(let rate) = change { rate } else { nil }
        }
        #expect(rates.map(\.source) == ["ecb"])
        #expect(try store.verify().isEmpty)
    }
}
