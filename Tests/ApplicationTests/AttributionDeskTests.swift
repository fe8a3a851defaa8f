import Foundation
import Logging
import PortfolioModel
import PortfolioStore
import Risk
import Testing

@testable import Application

/// Attribution from a store's rows: cash by day, dividends, opening prices.
struct AttributionDeskTests {
    /// Friday 2026-11-20, 15:00 in New York.
    private static let now = Timestamp("2026-11-20T20:00:00Z") ?? Timestamp(seconds: 0)
    private static let account = AccountID("tastytrade-1")

    private struct StillClock: ServiceClock {
        func now() -> Timestamp { AttributionDeskTests.now }
        func uptime() -> Duration { .zero }
        func sleep(for duration: Duration) async throws { try Task.checkCancellation() }
    }

    private struct Desk {
        var store: PortfolioStore
        var book = Book(base: .usd)
        var dividends: [String: [ExpectedDividend]] = [:]
        private var master = InstrumentMaster()

        init(_ store: PortfolioStore) throws {
            self.store = store
            try apply([
                .account(
                    Account(
                        id: account, key: AccountKey(BrokerID("tastytrade"), "5WT00001"), state: .confirmed, asOf: now))
            ])
        }

        mutating func apply(_ changes: [BookChange]) throws {
            let update = PortfolioUpdate(sequence: book.sequence + 1, at: now, changes: changes)
            try book.apply(update)
            try store.commit([update])
        }

        mutating func instrument(_ terms: InstrumentTerms) throws -> InstrumentID {
            let id = master.resolve(terms, on: now.utcDate).id
            try apply(master.takeChanges().map { .instrument($0) })
            return id
        }

        mutating func hold(
            _ id: InstrumentID, _ quantity: FixedDecimal, at average: FixedDecimal, settled: FixedDecimal? = nil,
            mark: FixedDecimal? = nil, today: DayActivity = .init()
        ) throws {
            try apply([
                .position(
                    Position(
                        key: PositionKey(account, id), quantity: quantity, averageOpenPrice: average,
                        basis: Basis(includesFees: false, source: "test"), priorSettlement: settled, brokerMark: mark,
                        brokerMarkAsOf: now, today: today, asOf: now))
            ])
        }

        func document(from: String?, to: String? = nil, by: [String] = []) throws -> AttributionDocument {
            var query = AnalysisQuery()
            var interval = IntervalQuery()
            (interval.from, interval.through) = (from, to)
            (query.interval, query.by) = (interval, by)
            let engine = RiskEngine(book: book, settings: RiskSettings(session: .alwaysOpen), now: now)
            let scope = AnalysisScope(
                engine: engine, view: engine.view(at: now), labels: BreakdownLabels(),
                weighting: BetaWeighting(index: "SPY", price: .unknown("none")), dividends: dividends,
                past: .none(through: now), query: query, options: DocumentOptions())
            return try AttributionDocument(scope, AttributionDesk(scope, store))
        }
    }

    private func withDesk(_ body: (inout Desk) throws -> Void) throws {
        try ConfigurationFixture.withFolder { folder in
            let store = try PortfolioStore.open(
                folder + "/book.db", stamp: .sandbox, backups: folder + "/backups", clock: StillClock(),
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            var desk = try Desk(store)
            try body(&desk)
            try store.checkpointAndClose()
        }
    }

    private func balance(_ days: Int, _ cash: FixedDecimal, _ fx: String, _ currency: Currency = .eur) throws
        -> DailyBalance
    {
        let at = Self.now.adding(.seconds(-days * 86_400))
        return DailyBalance(
            date: MarketZone.newYork.date(of: at), key: .init(Self.account, currency), cash: cash,
            fx: try FixedDecimal(fx), state: .confirmed, at: at)
    }

    private func edge(_ days: Int, _ id: InstrumentID, _ quantity: FixedDecimal, mark: String, spot: String? = nil)
        throws -> ValuationEdge
    {
        let at = Self.now.adding(.seconds(-days * 86_400))
        var edge = ValuationEdge(
            position: PositionKey(Self.account, id), at: at, kind: .close, quantity: quantity, state: .confirmed,
            asOf: at)
        (edge.mark, edge.fx) = (try FixedDecimal(mark), 1)
        edge.underlyingPrice = try spot.map { try FixedDecimal($0) }
        return edge
    }

    @Test func cash_isARowByAccountAndCurrency_andInEveryTotal() throws {
        try withDesk { desk in
            try desk.store.saveDaily(
                positions: [], accounts: [],
                balances: [try balance(2, 700, "1.05"), try balance(1, 1000, "1.10"), try balance(1, 5, "1", .usd)])
            try desk.apply([
                .rate(
                    FXRate(
                        base: .eur, quote: .usd, rate: try FixedDecimal("1.15"), asOf: Self.now, source: "config")),
                .balance(Balance(key: .init(Self.account, .eur), cash: 300, asOf: Self.now)),
                .balance(Balance(key: .init(Self.account, .usd), cash: 900, asOf: Self.now)),
            ])
            let found = try desk.document(from: "yesterday")
            #expect(found.rows.map(\.label) == ["tastytrade-1 cash EUR"])
            #expect(found.rows.first?.terms["fx"] == 50 && found.total.profit == 50)
            // From two days ago also 700 x 0.05; both days are of the same account.
            let longer = try desk.document(from: "entry", by: ["account"])
            #expect(longer.rows.map(\.label) == ["tastytrade-1"] && longer.rows.first?.profit == 85)
            #expect(try desk.document(from: "entry", by: ["underlying"]).rows.map(\.label) == ["cash"])
        }
    }

    @Test func cash_isUnknownNotZero_whenNothingWasKeptBefore() throws {
        try withDesk { desk in
            try desk.apply([
                .rate(FXRate(base: .eur, quote: .usd, rate: 1, asOf: Self.now, source: "config")),
                .balance(Balance(key: .init(Self.account, .eur), cash: 300, asOf: Self.now)),
                .balance(Balance(key: .init(Self.account, .inr), cash: 0, asOf: Self.now)),
            ])
            let found = try desk.document(from: "yesterday")
            #expect(found.rows.map(\.label) == ["tastytrade-1 cash EUR"])
            #expect(found.rows.first?.profit == nil && found.total.profit == nil)
            #expect(found.total.missing.map(\.reason) == ["no balance was kept at the beginning"])
            #expect(
                try desk.document(from: "entry").total.missing.map(\.reason) == ["only one balance in the interval"])
        }
    }

    @Test func cash_thatIsNoLongerStated_gainsNothingMore() throws {
        try withDesk { desk in
            try desk.store.saveDaily(
                positions: [], accounts: [],
                balances: [
                    try balance(3, 1000, "1.10"), try balance(2, 0, "1.20"), try balance(1, 0, "1.30"),
                ])
            try desk.apply([.rate(FXRate(base: .eur, quote: .usd, rate: 2, asOf: Self.now, source: "config"))])
            let found = try desk.document(from: "entry")
            #expect(found.total.profit == 100)
        }
    }

    @Test func feedsDividend_isCarry_whenTheIntervalContainsItsExDate() throws {
        try withDesk { desk in
            _ = try desk.instrument(InstrumentTerms(kind: .equity, symbol: "AAA"))
            let contract = Contract(
                underlying: "AAA", root: "AAA", expiry: Self.now.utcDate.adding(days: 60), strike: 100, right: .call,
                premiumMultiplier: 100, deliverables: [Deliverable(symbol: "AAA", amount: 100)])
            let id = try desk.instrument(
                InstrumentTerms(kind: .equityOption, symbol: "AAA C100", contract: contract))
            var edges = [
                try edge(3, id, 1, mark: "3", spot: "100"), try edge(1, id, 1, mark: "3.05", spot: "99.6"),
            ]
            for place in edges.indices {
                (edges[place].delta, edges[place].gamma) = (0.5, 0)
                (edges[place].theta, edges[place].vega, edges[place].volatility) = (0, 0, 0.2)
            }
            try desk.store.saveEdges(edges)
            #expect(try desk.document(from: "entry").total.terms["carry"] == 0)
            desk.dividends = [
                "AAA": [ExpectedDividend(exDate: Self.now.utcDate.adding(days: -2), amount: 0.5, source: "feed")]
            ]
            let found = try desk.document(from: "entry").total
            #expect(found.terms["carry"] == 25 && found.terms["delta"] == -20)
        }
    }

    @Test func beforeTracking_isFromTheFirstEdgesPrice_orSaidToBeUnknown() throws {
        try withDesk { desk in
            let id = try desk.instrument(InstrumentTerms(kind: .equity, symbol: "AAA"))
            try desk.hold(id, 200, at: 15)
            try desk.store.saveEdges([try edge(3, id, 100, mark: "20"), try edge(1, id, 200, mark: "20")])
            let unknown = try #require(try desk.document(from: "entry").rows.first)
            #expect(unknown.terms["beforeTracking"] == 0)
            #expect(unknown.gaps.contains("what it earned before tracking is not known"))
        }
        try withDesk { desk in
            let id = try desk.instrument(InstrumentTerms(kind: .equity, symbol: "AAA"))
            try desk.hold(id, 200, at: 15)
            var first = try edge(3, id, 100, mark: "20")
            first.averageOpenPrice = 12
            try desk.store.saveEdges([first, try edge(1, id, 200, mark: "20")])
            #expect(try desk.document(from: "entry").rows.first?.terms["beforeTracking"] == 800)
        }
        // Never traded since: today's average is that of then.
        try withDesk { desk in
            let id = try desk.instrument(InstrumentTerms(kind: .equity, symbol: "AAA"))
            try desk.hold(id, 100, at: 15)
            try desk.store.saveEdges([try edge(3, id, 100, mark: "20"), try edge(1, id, 100, mark: "20")])
            #expect(try desk.document(from: "entry").rows.first?.terms["beforeTracking"] == 500)
        }
    }

    /// A share held at 15, first kept at 20 five hours ago, now at 21.
    private func track(
        _ desk: inout Desk, kind: ValuationEdge.Kind = .start, settled: FixedDecimal? = nil,
        today: DayActivity = .init()
    ) throws {
        let id = try desk.instrument(InstrumentTerms(kind: .equity, symbol: "AAA"))
        try desk.hold(id, 100, at: 15, settled: settled, mark: 21, today: today)
        let at = Self.now.adding(.seconds(-5 * 3600))
        var first = ValuationEdge(
            position: PositionKey(Self.account, id), at: at, kind: kind, quantity: 100, state: .confirmed, asOf: at)
        (first.mark, first.fx, first.averageOpenPrice) = (20, 1, 15)
        try desk.store.saveEdges([first])
    }

    @Test func windowBeforeTracking_hasAnUnknownPart_notTheProfitSinceEntry() throws {
        try withDesk { desk in
            try track(&desk)
            let entry = try desk.document(from: "entry").total
            #expect(entry.profit == 600 && entry.terms["beforeTracking"] == 500)
            for from in [nil, "2026-11-16"] {
                let found = try desk.document(from: from).total
                #expect(found.profit == nil && found.known == 100 && found.terms["beforeTracking"] == 0)
                #expect(found.missing.map(\.name) == ["tastytrade-1 AAA"])
            }
        }
    }

    @Test func windowFromThePriorSettlement_hasTheWholeDay_onTheFirstDayOfTracking() throws {
        try withDesk { desk in
            try track(&desk, settled: 19)
            let found = try desk.document(from: "yesterday").total
            #expect(found.profit == 200 && found.terms["delta"] == 200 && found.missing.isEmpty)
            // That settlement says nothing of an earlier beginning.
            #expect(try desk.document(from: "2026-11-18").total.profit == nil)
        }
    }

    @Test func fillsBeforeTheFirstEdge_areInTheDay() throws {
        try withDesk { desk in
            let fill = DayActivity.Fill(quantity: 30, price: try FixedDecimal("19.5"))
            try track(&desk, settled: 19, today: DayActivity(date: Self.now.utcDate, fills: [fill], cash: -2))
            let found = try desk.document(from: "yesterday").total
            // 70 overnight from 19 to 20, 30 from 19.5 to 20, 100 from there to 21, and 2 of fees: as the day's profit.
            #expect(found.terms["delta"] == 170 && found.terms["fills"] == 15 && found.terms["carry"] == -2)
            #expect(found.profit == 183 && found.missing.isEmpty)
        }
    }

    @Test func openingInTheWindow_isKnown() throws {
        try withDesk { desk in
            try track(&desk, kind: .fill)
            let found = try desk.document(from: "yesterday").total
            #expect(found.profit == 600 && found.terms["fills"] == 500)
        }
    }

    @Test func windowThatEndsBeforeTracking_isUnknown_notZero() throws {
        try withDesk { desk in
            #expect(try desk.document(from: "2026-11-16", to: "2026-11-17").total.profit == nil)
            try track(&desk)
            let found = try desk.document(from: "2026-11-16", to: "2026-11-17")
            #expect(found.rows.map(\.profit) == [nil] && found.total.profit == nil)
            #expect(found.total.missing.map(\.reason) == ["nothing of it was kept until 2026-11-17T21:15:00.000Z"])
        }
        // Opened after its end: it had no part in it.
        try withDesk { desk in
            try track(&desk, kind: .fill)
            #expect(try desk.document(from: "2026-11-16", to: "2026-11-17").rows.isEmpty)
        }
    }

    private func error(_ body: () throws -> AttributionDocument) -> CommandError? {
        do { _ = try body() } catch { return error as? CommandError }
        return nil
    }

    @Test func endStillToCome_isNow_andABeginningToComeIsNamed() throws {
        try withDesk { desk in
            let found = try desk.document(from: "yesterday", to: "2026-11-20")
            #expect(found.through == Self.now)
            let future = error { try desk.document(from: "2026-11-20") }
            #expect(future?.message.contains("is to come") == true && future?.fix?.contains("exchange") == false)
            let turned = error { try desk.document(from: "2026-11-18", to: "2026-11-17") }
            #expect(turned?.fix == "exchange the two dates")
        }
    }
}
