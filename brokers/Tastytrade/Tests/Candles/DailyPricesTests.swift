import BrokerKit
import BrokerTestKit
import NIOConcurrencyHelpers
import PortfolioModel
import Testing

@testable import Tastytrade

struct DailyPricesTests {
    private let request = MarketDataRequest(handle: 7, symbol: VenueSymbol("SPY"), kind: .etf)

    @Test func dailyPrices_areDelivered_withoutTheDayThatIsNotOver() async throws {
        let venue = VenueScript()
        let broker = venue.broker()
        try await broker.perform(.stream([request]))
        let running = Task { try await broker.run(venue.sink) }
        defer { running.cancel() }
        // 2026-11-20, a Friday; the feed has no candles before it is connected.
        await #expect(throws: BrokerError.self) {
            try await broker.perform(.dailyPrices([request], from: CalendarDate(dayNumber: 20_000)))
        }
        #expect(await venue.passTime { venue.states.contains(.live) })
        let today = venue.clock.date(in: .newYork)
        let asked = Task { try await broker.perform(.dailyPrices([request], from: today.adding(days: -30))) }
        let feed = try #require(venue.connection(feed: true))
        #expect(await venue.passTime { feed.sent.contains { $0.contains(#""channel":101,"service""#) } })
        feed.push(#"{"type":"CHANNEL_OPENED","channel":101,"service":"FEED","parameters":{}}"#)
        #expect(await venue.passTime { feed.sent.contains { $0.contains(#""Candle":["#) } })
        feed.push(#"{"type":"FEED_CONFIG","channel":101,"dataFormat":"COMPACT","aggregationPeriod":1}"#)
        #expect(await venue.passTime { feed.sent.contains { $0.contains(#""symbol":"SPY{=d}""#) } })
        let rows = [(0, 4, "601"), (-1, 0, "600.5"), (-2, 8, "599")].map { offset, flags, close in
            #""SPY{=d}",\#(flags),\#((today.dayNumber + offset) * 86_400_000),598,\#(close)"#
        }
        feed.push(#"{"type":"FEED_DATA","channel":101,"data":["Candle",[\#(rows.joined(separator: ","))]]}"#)
        let isDone = NIOLockedValueBox(false)
        let waiter = Task {
            try await asked.value
            isDone.withLockedValue { $0 = true }
        }
        #expect(await venue.passTime { isDone.withLockedValue { $0 } })
        try await waiter.value
        let prices = venue.sink.events.flatMap { event -> [DailyPrice] in
            if case .dailyPrices(let prices) = event { prices } else { [] }
        }
        #expect(prices.map(\.date) == [today.adding(days: -2), today.adding(days: -1)])
        #expect(prices.map(\.close.description) == ["599", "600.5"])
        #expect(prices.allSatisfy { $0.instrument == InstrumentID(raw: 7) && $0.source == "tastytrade" })
        #expect(feed.sent.contains { $0.contains("CHANNEL_CANCEL") })
    }
}
