import PortfolioModel
import Testing

struct MarketTableTests {
    private let start = Timestamp(seconds: 1_795_188_600)
    private let id = InstrumentID(raw: 1)

    private func trade(_ second: Int, _ price: Int, receivedAt: Timestamp) -> MarketBatch {
        var batch = MarketBatch(source: BrokerID("acme"), receivedAt: receivedAt)
        batch.trades = [
            TradeEvent(
                instrument: 1, price: WireDecimal(FixedDecimal(price)), time: start.adding(.seconds(second)))
        ]
        return batch
    }

    /// Small generator for the order of events (xorshift, Marsaglia 2003).
    private struct Order: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    @Test func trades_endInTheSameState_whateverTheirOrder() {
        var random = Order(state: 42)
        var trades = (0..<20).map { trade($0, 100 + $0, receivedAt: start) }
        trades += trades[5...10]
        for _ in 0..<1000 {
            trades.shuffle(using: &random)
            var table = MarketTable()
            for batch in trades { table.apply(batch, instrumentCount: 1) }
            #expect(table[id].last?.price == 119)
            #expect(table[id].last?.at == start.adding(.seconds(19)))
        }
        print("row 13: 1000 orders of \(trades.count) trades, one final state")
    }

    @Test func batch_changesNothing_whenItComesTwice() {
        var batch = trade(1, 5, receivedAt: start)
        batch.quotes = [QuoteEvent(instrument: 1, bid: WireDecimal(4), ask: WireDecimal(6))]
        batch.summaries = [SummaryEvent(instrument: 1, close: WireDecimal(5), previousClose: WireDecimal(3))]
        var table = MarketTable()
        table.apply(batch, instrumentCount: 1)
        let once = table[id]
        table.apply(batch, instrumentCount: 1)
        #expect(table[id] == once)
    }

    @Test func trade_withoutATime_replacesWhatWasReceivedBefore() {
        var table = MarketTable()
        table.apply(trade(10, 5, receivedAt: start), instrumentCount: 1)
        var batch = MarketBatch(source: BrokerID("acme"), receivedAt: start)
        batch.trades = [TradeEvent(instrument: 1, price: WireDecimal(7))]
        table.apply(batch, instrumentCount: 1)
        #expect(table[id].last?.price == 7)
        // The time was ours, not the exchange's: the next stated one counts.
        table.apply(trade(-5, 8, receivedAt: start), instrumentCount: 1)
        #expect(table[id].last?.price == 8)
    }
}
