import GRDB
import PortfolioModel
import Testing

@testable import PortfolioStore

struct PortfolioStoreTests {
    let fixture: StoreFixture

    init() throws { fixture = try StoreFixture() }

    private func stored() throws -> PortfolioStore {
        let store = try fixture.open()
        try store.commit([SampleBook.update(1, try SampleBook.changes())])
        return store
    }

    private func writes(_ store: PortfolioStore) throws -> Int {
        try store.database.read { try Int.fetchOne($0, sql: "SELECT total_changes()") ?? -1 }
    }

    private func count(_ store: PortfolioStore, _ table: String) throws -> Int {
        try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? -1 }
    }

    // MARK: Round trips

    @Test func loadBook_returnsWhatWasCommitted_whenOpenedAgain() throws {
        let store = try stored()
        try store.saveMarkets([(InstrumentID(raw: 4), try SampleBook.market())])
        try store.checkpointAndClose()

        let loaded = try fixture.open().loadBook(base: .usd)
        var expected = Book(base: .usd)
        try expected.apply(SampleBook.update(1, try SampleBook.changes()))
        var book = Book(base: .usd)
        try book.restore(loaded.changes, sequence: loaded.sequence)

        #expect(book.sequence == 1)
        #expect(loaded.updatedAt == SampleBook.now)
        #expect(book.master.instruments == expected.master.instruments)
        #expect(Set(book.master.instruments.map(\.kind)) == Set(InstrumentKind.allCases))
        #expect(book.accounts == expected.accounts)
        #expect(book.positions == expected.positions)
        #expect(book.balances == expected.balances)
        #expect(book.figures == expected.figures)
        #expect(book.brokers == expected.brokers)
        #expect(book.rates.all == expected.rates.all)
        #expect(loaded.confirmedAccounts == [SampleBook.tasty])
        var market = try SampleBook.market()
        market.isLive = false
        #expect(book.markets[InstrumentID(raw: 4)] == market)
    }

    @Test func loadBook_isEmpty_inANewStore() throws {
        #expect(try fixture.open().loadBook(base: .usd).isEmpty)
    }

    @Test func loadBook_refusesAnotherBase_onceBegun() throws {
        let store = try fixture.open()
        _ = try store.loadBook(base: .usd)
        #expect(fixture.refusal { _ = try store.loadBook(base: .eur) } == .refused)
    }

    @Test func accountOrdinals_stayAheadOfTheAccounts() throws {
        #expect(try stored().nextAccountOrdinals() == [BrokerID("fidelity"): 2, BrokerID("tastytrade"): 2])
    }

    // MARK: Commit

    @Test func commit_changesNothing_whenOfferedAgain() throws {
        let store = try stored()
        let before = try writes(store)
        try store.commit([SampleBook.update(1, try SampleBook.changes())])
        #expect(try writes(store) == before)
        #expect(try store.loadBook(base: .usd).sequence == 1)
    }

    @Test(arguments: [[UInt64(3), 2], [2, 2], [2, 5, 4]])
    func commit_refusesNumbersThatDoNotGrow_andWritesNothing(numbers: [UInt64]) throws {
        let store = try stored()
        let gone = BookChange.positionClosed(PositionKey(SampleBook.tasty, InstrumentID(raw: 4)))
        #expect(fixture.refusal { try store.commit(numbers.map { SampleBook.update($0, [gone]) }) } == .refused)
        #expect(try count(store, "position") == 13)
        #expect(try store.loadBook(base: .usd).sequence == 1)
    }

    @Test func commit_takesNumbersThatSkip_andPassesOverOldOnes() throws {
        let store = try stored()
        let gone = BookChange.positionClosed(PositionKey(SampleBook.tasty, InstrumentID(raw: 4)))
        try store.commit([SampleBook.update(7, [gone])])
        try store.commit([
            SampleBook.update(1, try SampleBook.changes()), SampleBook.update(7, try SampleBook.changes()),
        ])
        #expect(try count(store, "position") == 12)
        #expect(try store.loadBook(base: .usd).sequence == 7)
    }

    @Test func commit_writesNoUnchangedRow_whenAnUpdateRepeatsIt() throws {
        let store = try stored()
        var changed = SampleBook.position(SampleBook.fidelity, 1, 1)
        let before = try writes(store)
        try store.commit([SampleBook.update(2, try SampleBook.changes())])
        // The watermark alone.
        #expect(try writes(store) - before == 1)
        changed.quantity = 7
        try store.commit([SampleBook.update(3, try SampleBook.changes() + [.position(changed)])])
        #expect(try writes(store) - before == 3)
    }

    @Test func commit_keepsNoMarketData() throws {
        let store = try stored()
        var batch = MarketBatch(source: BrokerID("tastytrade"), receivedAt: SampleBook.now)
        batch.trades = [TradeEvent(instrument: 1, price: WireDecimal(5))]
        let silent = BookChange.feedSilent(BrokerID("tastytrade"))
        let restored = BookChange.marketRestored(InstrumentID(raw: 1), InstrumentMarket())
        try store.commit([SampleBook.update(2, [.market(batch), silent, restored])])
        #expect(try count(store, "market") == 0)
    }

    @Test func commit_removesClosedHoldings() throws {
        let store = try stored()
        try store.commit([
            SampleBook.update(
                2,
                [
                    .positionClosed(PositionKey(SampleBook.tasty, InstrumentID(raw: 4))),
                    .balanceClosed(.init(SampleBook.tasty, .eur)),
                ])
        ])
        #expect(try count(store, "position") == 12)
        #expect(try count(store, "balance") == 3)
    }

    @Test func commit_dropsNames_whenAnInstrumentHasFewer() throws {
        let store = try stored()
        var apple = try SampleBook.instruments()[0]
        apple.terms.identifiers.removeLast(2)
        try store.commit([SampleBook.update(2, [.instrument(apple)])])
        let loaded = try store.loadBook(base: .usd)
        #expect(loaded.changes.first == .instrument(apple))
    }

    @Test(arguments: [
        "UPDATE position SET quantity = '1,5'", "UPDATE position SET quantity = 'NaN'",
        "UPDATE position SET quantity = NULL", "UPDATE account SET state = 'fine'", "UPDATE fx_rate SET rate = '0'",
        "UPDATE fx_rate SET rate = '-84.5'", "UPDATE account SET currency = 'usd'",
        "UPDATE instrument SET premium_multiplier = '0' WHERE id = 4",
        "UPDATE instrument SET expiry = NULL WHERE id = 4",
        "UPDATE position SET account = 'nobody-1'", "UPDATE position SET as_of = 'today'",
        "INSERT INTO balance(account, currency, cash, as_of) VALUES ('nobody-1', 'USD', '1', 1)",
        "DELETE FROM account", "DELETE FROM instrument",
    ])
    func schema_refusesNonsense(sql: String) throws {
        let store = try stored()
        #expect(throws: (any Error).self) { try store.database.write { try $0.execute(sql: sql) } }
    }

    // MARK: History

    @Test func transactions_keepTheFirstReading() throws {
        let store = try stored()
        let first = try SampleBook.transaction("a")
        try store.commit([SampleBook.update(2, [.transaction(first), .transaction(try SampleBook.transaction("b"))])])
        try store.commit([SampleBook.update(3, [.transaction(try SampleBook.transaction("a", cash: -99))])])
        let rows = try store.transactions(account: SampleBook.tasty, limit: 10)
        #expect(rows.map(\.externalID) == ["b", "a"])
        #expect(rows.last == first)
        #expect(try store.transactions(limit: 1).count == 1)
        #expect(try store.transactions(account: SampleBook.fidelity, limit: 10).isEmpty)
    }

    @Test func transactions_takeAnOrder_whereTheFirstReadingHadNone() throws {
        let store = try stored()
        var (row, other) = (try SampleBook.transaction("a"), try SampleBook.transaction("b"))
        other.orderID = "6"
        try store.commit([SampleBook.update(2, [.transaction(row), .transaction(other)])])
        row.orderID = "7"
        var changed = row
        changed.netCash = -99
        try store.commit([SampleBook.update(3, [.transaction(changed)])])
        #expect(try store.transactions(limit: 9) == [other, row])
        (row.orderID, other.orderID) = ("8", nil)
        try store.commit([SampleBook.update(4, [.transaction(row), .transaction(other)])])
        #expect(try store.transactions(limit: 9).map(\.orderID) == ["6", "7"])
        for sql in ["order_id = '9'", "order_id = NULL", "order_id = '7', net_cash = '0'"] {
            let sql = "UPDATE account_transaction SET \(sql) WHERE external_id = 'a'"
            #expect(throws: DatabaseError.self) { try store.database.write { try $0.execute(sql: sql) } }
        }
        #expect(try store.transactions(limit: 9).count == 2)
    }

    @Test func transactions_ofPositions_areOldestFirst() throws {
        let store = try stored()
        let rows = try ["b", "a"].map { try SampleBook.transaction($0) }
        try store.commit([SampleBook.update(2, rows.map { .transaction($0) })])
        let key = PositionKey(SampleBook.tasty, InstrumentID(raw: 1))
        let other = PositionKey(SampleBook.fidelity, InstrumentID(raw: 1))
        #expect(try store.transactions(of: [other, key]).map(\.externalID) == ["a", "b"])
        #expect(try store.transactions(of: [other]).isEmpty)
    }

    @Test(arguments: [
        "account_transaction", "import_batch", "import_run", "import_account", "import_position", "import_balance",
    ])
    func appendOnlyTables_refuseUpdateAndDelete(table: String) throws {
        let store = try stored()
        let batch = ImportTests.batch([SampleBook.fidelity])
        try store.commit([
            SampleBook.update(2, [.transaction(try SampleBook.transaction("a")), .imported(batch)])
        ])
        let column = try store.database.read { try $0.columns(in: table)[0].name }
        for sql in ["UPDATE \(table) SET \(column) = \(column)", "DELETE FROM \(table)"] {
            let error = #expect(throws: DatabaseError.self) { try store.database.write { try $0.execute(sql: sql) } }
            #expect(error?.message?.contains("takes no") == true)
        }
        #expect(try count(store, table) > 0)
    }

    @Test func entryGreeks_areCompletedOnce() throws {
        let store = try stored()
        let key = PositionKey(SampleBook.tasty, InstrumentID(raw: 4))
        var entry = EntryGreeks(
            position: key, opening: 1, increase: 1, quantity: -2, remaining: -2, occasion: .fill, at: SampleBook.now,
            source: "waiting")
        try store.saveEntryGreeks([entry])
        entry.delay = 1.5
        entry.mark = try decimal("7.47")
        entry.delta = -0.2
        entry.source = "feed:tastytrade"
        try store.saveEntryGreeks([entry])
        #expect(try store.entryGreeks() == [entry])

        var later = entry
        later.delta = 9
        later.gamma = 9
        later.mark = 9
        later.source = "model"
        later.remaining = -1
        try store.saveEntryGreeks([later])
        entry.remaining = -1
        #expect(try store.entryGreeks() == [entry])
    }

    @Test(arguments: [
        "delta = 1", "delay = NULL", "gamma = 1", "quantity = '5'", "at = 1", "source = 'x'", "opening = 2",
    ])
    func entryGreeks_refuseToBeRewritten(change: String) throws {
        let store = try stored()
        let key = PositionKey(SampleBook.tasty, InstrumentID(raw: 4))
        var entry = EntryGreeks(
            position: key, opening: 1, increase: 1, quantity: -2, remaining: -2, occasion: .firstSight,
            at: SampleBook.now, source: "feed")
        (entry.delay, entry.delta) = (2, -0.2)
        try store.saveEntryGreeks([entry])
        for sql in ["UPDATE entry_greeks SET \(change)", "DELETE FROM entry_greeks"] {
            #expect(throws: DatabaseError.self) { try store.database.write { try $0.execute(sql: sql) } }
        }
        #expect(try store.entryGreeks() == [entry])
    }

    @Test func daily_followsToday_andFreezesThePast() throws {
        var store = try stored()
        let today = StillClock().date(in: .newYork)
        let key = PositionKey(SampleBook.tasty, InstrumentID(raw: 4))
        var position = DailyPositionSnapshot(
            date: today, position: key, quantity: -2, state: .confirmed, asOf: SampleBook.now)
        (position.mark, position.delta, position.volatility) = (try decimal("5.05"), -0.2, 0.2)
        var account = DailyAccountSnapshot(
            date: today, account: SampleBook.tasty, currency: .usd, state: .stale, asOf: SampleBook.now)
        account.netLiquidation = 100
        var balance = DailyBalance(
            date: today, key: .init(SampleBook.tasty, .eur), cash: -7, fx: nil, state: .stale, at: SampleBook.now)
        try store.saveDaily(positions: [position], accounts: [account], balances: [balance])
        position.mark = 6
        (balance.cash, balance.fx) = (8, try decimal("1.1"))
        account.dayPnL = -3
        try store.saveDaily(positions: [position], accounts: [account], balances: [balance])
        #expect(try store.dailyPositions(from: today, through: today) == [position])
        #expect(try store.dailyAccounts(from: today, through: today) == [account])

        try store.checkpointAndClose()
        store = try fixture.open(clock: StillClock(time: StillClock().time.adding(.seconds(86_400))))
        var late = position
        late.mark = 9
        var lateAccount = account
        lateAccount.dayPnL = 9
        var lateBalance = balance
        lateBalance.cash = 9
        try store.saveDaily(positions: [late], accounts: [lateAccount], balances: [lateBalance])
        #expect(try store.dailyBalances(through: today) == [balance])
        #expect(try store.dailyBalances(through: today.adding(days: -1)).isEmpty)
        #expect(try store.dailyPositions(from: today, through: today) == [position])
        #expect(try store.dailyAccounts(from: today.adding(days: -1), through: today) == [account])
        #expect(try store.dailyAccounts(from: today.adding(days: 1), through: today.adding(days: 9)).isEmpty)
    }

    @Test func markets_ofUnknownInstruments_arePassedOver() throws {
        let store = try stored()
        let known = try SampleBook.market()
        try store.saveMarkets([(InstrumentID(raw: 999), known), (InstrumentID(raw: 4), known)])
        #expect(try count(store, "market") == 1)
        let before = try writes(store)
        try store.saveMarkets([(InstrumentID(raw: 4), known)])
        #expect(try writes(store) == before)
    }
}
