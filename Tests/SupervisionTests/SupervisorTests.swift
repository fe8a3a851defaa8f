import BrokerKit
import PortfolioModel
import Supervision
import Testing

struct SupervisorTests {
    @Test func snapshot_replacesByDifference_closingWhatItLacks() async throws {
        let supervisor = supervisor([ScriptedBroker(acme)])
        await supervisor.receive(
            [.snapshot(snapshot("A1234567", [venuePosition("SPY", 100), venuePosition("QQQ", 5)]))], from: acme)
        await supervisor.receive([.snapshot(snapshot("A1234567", [venuePosition("SPY", 90)], cash: 7))], from: acme)
        let book = await supervisor.book
        #expect(book.quantities(of: "acme-1") == ["SPY": 90])
        #expect(book.balances[.init(AccountID("acme-1"), .usd)]?.cash == 7)
        #expect(book.accounts[AccountID("acme-1")]?.state == .confirmed)
    }

    @Test func unchangedSnapshot_writesNoPosition() async throws {
        let journal = MemoryJournal()
        let supervisor = supervisor([ScriptedBroker(acme)], journal: journal)
        for _ in 0..<2 {
            await supervisor.receive([.snapshot(snapshot("A1", [venuePosition("SPY", 100)]))], from: acme)
        }
        let positions = await journal.updates.flatMap(\.changes).filter {
            if case .position = $0 { true } else { false }
        }
        #expect(positions.count == 1)
    }

    @Test func accounts_getStableOrdinals_perBroker() async throws {
        let supervisor = supervisor([ScriptedBroker(acme), ScriptedBroker(papers)])
        await supervisor.receive([.accounts([.init(number: "B2"), .init(number: "A1")])], from: acme)
        await supervisor.receive(
            [.accounts([.init(number: "A1"), .init(number: "B2"), .init(number: "C3")])], from: acme)
        await supervisor.receive([.accounts([.init(number: "A1")])], from: papers)
        let ids = await supervisor.book.sortedAccounts.map { "\($0.id) \($0.key.number)" }
        #expect(ids == ["acme-1 B2", "acme-2 A1", "acme-3 C3", "papers-1 A1"])
    }

    @Test func unreadableSymbol_isShownUnvalued_notDropped() async throws {
        let supervisor = supervisor([ScriptedBroker(acme)])
        await supervisor.receive([.snapshot(snapshot("A1", [venuePosition("??X", 3)]))], from: acme)
        #expect(await supervisor.book.quantities(of: "acme-1") == ["??X": 3])
        #expect(await supervisor.notes.contains { $0.contains("??X") })
    }

    @Test(arguments: [BrokerState.stale, .needsLogin, .held, .stopped])
    func lostBroker_makesItsAccountsStale_andKeepsPositions(state: BrokerState) async throws {
        let supervisor = supervisor([ScriptedBroker(acme), ScriptedBroker(papers)])
        await supervisor.receive([.snapshot(snapshot("A1", [venuePosition("SPY", 100)]))], from: acme)
        await supervisor.receive([.snapshot(snapshot("P1", [venuePosition("SPY", 1)]))], from: papers)
        await supervisor.receive([.health(state, message: "gone")], from: acme)
        let book = await supervisor.book
        #expect(book.accounts[AccountID("acme-1")]?.state == .stale)
        #expect(book.quantities(of: "acme-1") == ["SPY": 100])
        #expect(book.accounts[AccountID("papers-1")]?.state == .confirmed)
    }

    @Test func absence_isOne_howeverItsStatesFollow() async throws {
        let clock = StillClock()
        let supervisor = supervisor([ScriptedBroker(acme)], clock: clock)
        func since(_ state: BrokerState, after seconds: Int) async -> Timestamp? {
            clock.set(start.adding(.seconds(seconds)))
            await supervisor.receive([.health(state, message: nil)], from: acme)
            return await supervisor.book.brokers[acme]?.since
        }
        #expect(await since(.live, after: 1) == start.adding(.seconds(1)))
        #expect(await since(.degraded, after: 5) == start.adding(.seconds(5)))
        #expect(await since(.stale, after: 9) == start.adding(.seconds(5)))
        #expect(await since(.needsLogin, after: 12) == start.adding(.seconds(5)))
        #expect(await since(.live, after: 20) == start.adding(.seconds(20)))
    }

    @Test func olderPosition_isDropped_whenANewerOneIsHeld() async throws {
        let supervisor = supervisor([ScriptedBroker(acme)])
        await supervisor.receive([.snapshot(snapshot("A1", [venuePosition("SPY", 100)]))], from: acme)
        let old = venuePosition("SPY", 1, asOf: start.adding(.seconds(-60)))
        await supervisor.receive([.positions(account: "A1", [old])], from: acme)
        #expect(await supervisor.book.quantities(of: "acme-1") == ["SPY": 100])
        let new = venuePosition("SPY", 0, asOf: start.adding(.seconds(60)))
        await supervisor.receive([.positions(account: "A1", [new])], from: acme)
        #expect(await supervisor.book.quantities(of: "acme-1") == [:])
    }

    @Test func sequence_growsByOne_andMarketBatchesAreNotJournalled() async throws {
        let journal = MemoryJournal()
        let supervisor = supervisor([ScriptedBroker(acme)], journal: journal)
        await supervisor.receive([.snapshot(snapshot("A1", [venuePosition("SPY", 100)]))], from: acme)
        var batch = MarketBatch(source: acme, receivedAt: start)
        batch.quotes = [QuoteEvent(instrument: 1, bid: WireDecimal(600), ask: WireDecimal(601))]
        await supervisor.receive([.market(batch)], from: acme)
        let book = await supervisor.book
        #expect(book.sequence == 2)
        #expect(book.markets[InstrumentID(raw: 1)].quote?.ask == 601)
        #expect(await journal.updates.map(\.sequence) == [1])
    }

    @Test func refusedWrites_areOfferedAgain_inOrder() async throws {
        let journal = MemoryJournal()
        let supervisor = supervisor([ScriptedBroker(acme)], journal: journal)
        await journal.refuse(true)
        await supervisor.receive([.snapshot(snapshot("A1", [venuePosition("SPY", 100)]))], from: acme)
        await supervisor.receive([.snapshot(snapshot("A1", [venuePosition("SPY", 101)]))], from: acme)
        #expect(await supervisor.notes.contains { $0.hasPrefix("store:") })
        await journal.refuse(false)
        await supervisor.tick()
        #expect(await journal.updates.map(\.sequence) == [1, 2])
        #expect(await supervisor.notes.isEmpty)
    }

    @Test func heldInstruments_ofEveryBroker_areStreamedByTheOneThatCan() async throws {
        let feed = ScriptedBroker(acme)
        let supervisor = supervisor([feed, ScriptedBroker(papers, [.positions])])
        let option = "SPY   261218P00570000"
        await supervisor.receive([.snapshot(snapshot("P1", [venuePosition(option, -2)]))], from: papers)
        for _ in 0..<1000 where await feed.streamed.isEmpty { await Task.yield() }
        #expect(Set(await feed.streamed.map(\.symbol.text)) == ["SPY", option])
    }

    @Test func followerThatLostItsPlace_isStartedAgainFromTheBook() async throws {
        let follower = ForgetfulFollower()
        let supervisor = supervisor([ScriptedBroker(acme)], followers: [follower])
        for quantity in 1...3 {
            await supervisor.receive([.snapshot(snapshot("A1", [venuePosition("SPY", quantity)]))], from: acme)
        }
        #expect(await follower.restarts == [2])
        #expect(await follower.last == 3)
    }

    @Test func fileBroker_agesBySessions() async throws {
        let clock = StillClock()
        let supervisor = supervisor([ScriptedBroker(papers, [.positions])], files: [papers], clock: clock)
        await supervisor.begin()
        #expect(await supervisor.book.brokers[papers]?.state == .starting)
        await supervisor.receive([.snapshot(snapshot("P1", [venuePosition("SPY", 1)]))], from: papers)
        await supervisor.tick()
        #expect(await supervisor.book.brokers[papers]?.state == .live)
        // 20 November 2026 is a Friday; Thanksgiving is no session: five sessions end on 30 November.
        clock.set(Timestamp("2026-11-30T15:00:00Z") ?? start)
        await supervisor.tick()
        #expect(await supervisor.book.brokers[papers]?.state == .live)
        clock.set(Timestamp("2026-12-01T15:00:00Z") ?? start)
        await supervisor.tick()
        let book = await supervisor.book
        #expect(book.brokers[papers]?.state == .stale)
        #expect(book.accounts[AccountID("papers-1")]?.state == .stale)
    }

    @Test func fileBroker_isNotThere_whenNeitherEnabledNorHolding() async throws {
        let supervisor = supervisor([ScriptedBroker(acme)], files: [papers])
        await supervisor.begin()
        await supervisor.tick()
        #expect(await supervisor.book.brokers[papers] == nil)
    }

    @Test func todaysFills_reachThePosition_once() async throws {
        let journal = MemoryJournal()
        let supervisor = supervisor([ScriptedBroker(acme)], journal: journal)
        await supervisor.receive([.snapshot(snapshot("A1", [venuePosition("SPY", 100)]))], from: acme)
        var row = VenueTransaction(
            externalID: "7", type: "Trade", subtype: "Buy to Open", description: "", netCash: -6001, fees: -1,
            currency: .usd, executedAt: start, tradeDate: today)
        row.instrument = VenueInstrument(symbol: VenueSymbol("SPY"))
        (row.quantity, row.price) = (10, 600)
        row.orderID = "268899"
        for _ in 0..<2 { await supervisor.receive([.transactions(account: "A1", [row])], from: acme) }
        let position = await supervisor.book.positions(of: AccountID("acme-1")).first
        #expect(position?.today.fills == [.init(quantity: 10, price: 600)])
        #expect(position?.today.cash == -1)
        let kept = await journal.updates.flatMap(\.changes).compactMap { change -> Transaction? in
            if case .transaction(let row) = change { row } else { nil }
        }
        #expect(kept.map(\.orderID) == ["268899"])
    }

    @Test func rates_thatSayNothingNew_areNoUpdate() async throws {
        let journal = MemoryJournal()
        let supervisor = supervisor([], journal: journal)
        func rate(_ value: FixedDecimal, hours: Int, source: String = "ecb") -> FXRate {
            FXRate(base: .eur, quote: .usd, rate: value, asOf: start.adding(.seconds(hours * 3600)), source: source)
        }
        await supervisor.set([rate(1, hours: 0)])
        await supervisor.set([rate(1, hours: 0)])
        await supervisor.set([rate(2, hours: -24)])
        #expect(await journal.updates.count == 1)
        await supervisor.set([rate(2, hours: 24), rate(3, hours: -100, source: "config")])
        await supervisor.set([rate(4, hours: -200, source: "config")])
        #expect(await supervisor.book.rates.all.map(\.rate) == [4, 2])
    }

    @Test func dailyPrices_areJournalled_butForInstrumentsThatNobodyKnows() async throws {
        let journal = MemoryJournal()
        let supervisor = supervisor([ScriptedBroker(acme)], journal: journal)
        await supervisor.receive([.snapshot(snapshot("A1", [venuePosition("SPY", 100)]))], from: acme)
        func price(_ id: UInt32) -> DailyPrice {
            DailyPrice(
                instrument: InstrumentID(raw: id), date: start.utcDate, close: 5, source: "acme", asOf: start)
        }
        await supervisor.receive([.dailyPrices([price(1), price(99)])], from: acme)
        await supervisor.receive([.dailyPrices([price(99)])], from: acme)
        let changes = await journal.updates.flatMap(\.changes).compactMap { change -> [DailyPrice]? in
            if case .prices(let prices) = change { prices } else { nil }
        }
        #expect(changes == [[price(1)]])
    }

    @Test func theIndex_isPricedAndHasAHistory_heldOrNot() async throws {
        let broker = ScriptedBroker(acme, [.positions, .quotes, .priceHistory])
        let supervisor = Supervisor(
            book: Book(base: .usd), brokers: [broker], journal: MemoryJournal(), followers: [],
            settings: .init(benchmarks: ["IDX"]), clock: StillClock(), logger: silent)
        await supervisor.begin()
        await supervisor.receive([.snapshot(snapshot("A1", [venuePosition("SPY", 1)]))], from: acme)
        let histories = await supervisor.priceHistoryRequests(for: acme)
        #expect(histories.map(\.symbol.text) == ["IDX", "SPY"])
        #expect(await supervisor.marketDataRequests(for: acme).map(\.symbol.text) == ["IDX", "SPY"])
        #expect(await supervisor.priceHistoryRequests(for: papers).isEmpty)
        // Known by its symbol the next time: no second row.
        await supervisor.begin()
        #expect(await supervisor.book.master.instruments.count == 2)
    }
}
