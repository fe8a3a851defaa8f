import BrokerKit
import PortfolioModel

extension TastytradeBroker {
    /// Prices in one event at most.
    private static let pricesPerEvent = 4000

    /// Reads daily candles and delivers the days that are over, as New York counts them. What the feed knows nothing of
    /// is left out.
    func deliverDailyPrices(
        _ requests: [MarketDataRequest], from start: CalendarDate, _ sink: any BrokerSink
    ) async throws {
        let found = try await feed.dailyCandles(
            requests.map(\.symbol.text), from: Timestamp(seconds: start.dayNumber * 86_400))
        let today = clock.date(in: .newYork)
        var prices: [DailyPrice] = []
        for request in requests {
            for candle in found[request.symbol.text] ?? [] where candle.date < today && candle.close.signum > 0 {
                prices.append(
                    DailyPrice(
                        instrument: InstrumentID(raw: request.handle), date: candle.date,
                        open: candle.open.flatMap { $0.signum > 0 ? $0 : nil }, close: candle.close, source: id.name,
                        asOf: Self.end(of: candle.date)))
            }
        }
        for start in stride(from: 0, to: prices.count, by: Self.pricesPerEvent) {
            await sink.deliver([.dailyPrices(Array(prices[start..<min(start + Self.pricesPerEvent, prices.count)]))])
        }
    }

    private static func end(of date: CalendarDate) -> Timestamp {
        let calendar = ExchangeCalendar.newYork
        return calendar.hours(on: date)?.close ?? calendar.zone.instant(date, hour: 16, minute: 0)
    }
}
