import PortfolioModel

/// The rows that are written, by formula, so that the peer (Peers/upsert.c) can write the same ones. Each transaction
/// changes every row: SQLite does not write a page whose bytes stay.
enum StoreRows {
    /// Rows in a transaction; as many instruments.
    static let count = 1000
    static let account = Account(
        id: AccountID("tastytrade-1"), key: AccountKey(BenchmarkBook.broker, "5WT00001"), state: .confirmed,
        asOf: Timestamp(milliseconds: start))
    private static let start: Int64 = 1_795_186_800_000

    static func instrument(_ number: Int) -> Instrument {
        Instrument(
            id: InstrumentID(raw: UInt32(number)), terms: InstrumentTerms(kind: .equity, symbol: "S\(number)"),
            underlying: nil)
    }

    static func update(_ sequence: Int, _ changes: [BookChange]) -> PortfolioUpdate {
        PortfolioUpdate(sequence: UInt64(sequence), at: time(sequence), changes: changes)
    }

    static func position(_ row: Int, _ transaction: Int) -> Position {
        Position(
            key: PositionKey(account.id, InstrumentID(raw: UInt32(row))), quantity: FixedDecimal(row % 41 + 1),
            averageOpenPrice: price(row, 7919), costBasis: price(row, 15_485_863),
            basis: Basis(includesFees: false, source: BenchmarkBook.broker.name),
            priorSettlement: price(row, 104_729), brokerMark: price(row, 1_299_709, transaction % 2 * 5),
            brokerMarkAsOf: time(transaction), realizedToday: price(row, 3, transaction), asOf: time(transaction))
    }

    static func market(_ row: Int, _ transaction: Int) -> InstrumentMarket {
        let at = time(transaction)
        let step = transaction % 2 * 5
        let greek = Double(row) / 1024 + Double(transaction % 16) / 16
        var market = InstrumentMarket()
        market.quote = .init(bid: price(row, 7919, step), ask: price(row, 7919, step + 5), at: at)
        market.last = .init(price: WireDecimal(price(row, 7919, step)), at: at)
        market.previousClose = price(row, 104_729)
        let event = GreeksEvent(
            instrument: UInt32(row), price: greek, volatility: greek, delta: greek, gamma: greek, theta: -greek,
            vega: greek, rho: greek)
        market.greeks = .init(event: event, at: at)
        market.source = BenchmarkBook.broker
        market.updatedAt = at
        return market
    }

    private static func time(_ transaction: Int) -> Timestamp {
        Timestamp(milliseconds: start + 1000 * Int64(transaction))
    }

    /// 1.00 to 900.99, and `cents` more.
    private static func price(_ row: Int, _ factor: Int, _ cents: Int = 0) -> FixedDecimal {
        FixedDecimal(raw64: Int64(row * factor % 90_000 + 100 + cents) * 1_000_000)
    }
}
