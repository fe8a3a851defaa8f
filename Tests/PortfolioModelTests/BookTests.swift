import PortfolioModel
import Testing

struct BookTests {
    private let at = Timestamp(seconds: 1_795_000_000)
    private let account = Account(
        id: AccountID("tastytrade-1"), key: AccountKey(BrokerID("tastytrade"), "5WX00001"), state: .confirmed)

    private func update(_ sequence: UInt64, _ changes: [BookChange] = []) -> PortfolioUpdate {
        PortfolioUpdate(sequence: sequence, at: at, changes: changes)
    }

    private func position(_ quantity: FixedDecimal) -> Position {
        Position(
            key: PositionKey(account.id, InstrumentID(raw: 1)), quantity: quantity,
            basis: Basis(includesFees: false, source: "tastytrade"), asOf: at)
    }

    @Test(arguments: [UInt64(1), 3, 9])
    func apply_refusesAGapOrARepetition(sequence: UInt64) throws {
        var book = Book(base: .usd)
        try book.apply(update(1, [.account(account)]))
        #expect(throws: BookError.sequenceGap(expected: 2, found: sequence)) {
            try book.apply(update(sequence, [.position(position(5))]))
        }
        #expect(book.sequence == 1)
        #expect(book.positions.isEmpty)
        try book.apply(update(2))
        #expect(book.sequence == 2)
    }

    @Test func apply_refusesHoldingsOfAnUnknownAccount() {
        var book = Book(base: .usd)
        #expect(throws: BookError.unknownAccount(account.id)) {
            try book.apply(update(1, [.position(position(5))]))
        }
        #expect(book.sequence == 0)
    }

    @Test func apply_refusesAGapInInstruments() {
        var book = Book(base: .usd)
        let row = Instrument(
            id: InstrumentID(raw: 2), terms: InstrumentTerms(kind: .equity, symbol: "AAPL"), underlying: nil)
        #expect(throws: BookError.master(.gap(expected: 1, found: row.id))) {
            try book.apply(update(1, [.instrument(row)]))
        }
    }

    @Test func apply_replacesAndCloses() throws {
        var book = Book(base: .usd)
        let cash = Balance(key: .init(account.id, .usd), cash: 5, asOf: at)
        try book.apply(update(1, [.account(account), .position(position(5)), .position(position(7)), .balance(cash)]))
        #expect(book.sortedPositions.map(\.quantity) == [7])
        #expect(book.account(for: account.key) == account)
        try book.apply(update(2, [.positionClosed(position(7).key), .balanceClosed(cash.key)]))
        #expect(book.positions.isEmpty)
        #expect(book.balances.isEmpty)
    }

    @Test func restore_continuesAtTheStoredNumber() throws {
        var book = Book(base: .usd)
        try book.restore([.account(account)], sequence: 41)
        try book.apply(update(42))
        #expect(book.sequence == 42)
    }

    @Test func market_isStale_whenItsFeedIsSilent() throws {
        var book = Book(base: .usd)
        let row = Instrument(
            id: InstrumentID(raw: 1), terms: InstrumentTerms(kind: .equity, symbol: "AAPL"), underlying: nil)
        var batch = MarketBatch(source: BrokerID("tastytrade"), receivedAt: at)
        batch.trades = [
            TradeEvent(instrument: 1, price: WireDecimal(5)), TradeEvent(instrument: 2, price: WireDecimal(6)),
            TradeEvent(instrument: 0, price: WireDecimal(6)), TradeEvent(instrument: 1, price: .absent),
        ]
        try book.apply(update(1, [.instrument(row), .market(batch)]))
        #expect(book.markets[row.id].last?.price == 5)
        #expect(book.markets[row.id].isLive)
        #expect(book.markets[InstrumentID(raw: 2)] == InstrumentMarket())
        try book.apply(update(2, [.feedSilent(BrokerID("fidelity"))]))
        #expect(book.markets[row.id].isLive)
        try book.apply(update(3, [.feedSilent(BrokerID("tastytrade"))]))
        #expect(!book.markets[row.id].isLive)
        #expect(book.markets[row.id].last?.price == 5)
    }
}
