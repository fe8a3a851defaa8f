import Foundation
import PortfolioModel
import Sandbox
import TastytradeSandbox
import Testing

struct CandleTests {
    private func model(_ day: MarketDate, seed: UInt64 = 7) -> MarketModel {
        MarketModel(seed: seed, start: day.newYork(hour: 11, minute: 0))
    }

    private let day = MarketDate(year: 2026, month: 11, day: 20)

    @Test func history_has500SessionsAndToday_endingAtTheCloseThatQuotesShow() throws {
        let model = model(day)
        for name in ["SPY", "SPX", "AAPL"] {
            let index = try #require(model.instruments.firstIndex { $0.name == name })
            let bars = try #require(model.history(of: index))
            #expect(bars.count == MarketModel.historyDays + 1)
            #expect(bars[bars.count - 2].close == model.quote(of: index).previousClose)
            #expect(bars.last?.date == day && bars.last?.close == model.quote(of: index).last)
            #expect(bars.allSatisfy { $0.date.isSession && $0.low <= min($0.open, $0.close) })
            #expect(bars.allSatisfy { $0.high >= max($0.open, $0.close) && $0.low > .zero })
            #expect(zip(bars, bars.dropFirst()).allSatisfy { $0.date < $1.date })
        }
        #expect(model.history(of: try #require(model.instruments.firstIndex { $0.option != nil })) == nil)
    }

    @Test func history_isTheSame_forOneSeedAndWhicheverDayItEndsOn() throws {
        let first = try #require(model(day).history(of: 0))
        #expect(model(day).history(of: 0) == first)
        #expect(model(day, seed: 8).history(of: 0) != first)
        // Levels end at the day's own previous close; returns of shared days agree.
        let later = try #require(model(day.adding(days: 14)).history(of: 0))
        func returns(_ bars: [DailyBar]) -> [MarketDate: Double] {
            Dictionary(
                zip(bars, bars.dropFirst()).map { ($1.date, $1.close.double / $0.close.double - 1) },
                uniquingKeysWith: { first, _ in first })
        }
        let (one, other) = (returns(first), returns(later))
        let shared = one.keys.filter { other[$0] != nil && $0 < day }
        #expect(shared.count > 480)
        #expect(shared.allSatisfy { abs((one[$0] ?? 0) - (other[$0] ?? 1)) < 1e-4 })
    }

    @Test func shares_followTheCommonFactor_asTheirSpecSays() throws {
        let model = model(day)
        func returns(_ name: String) throws -> [Double] {
            let index = try #require(model.instruments.firstIndex { $0.name == name })
            let closes = try #require(model.history(of: index)).dropLast().map(\.close.double)
            return zip(closes, closes.dropFirst()).map { $1 / $0 - 1 }
        }
        let (spy, nvda) = (try returns("SPY"), try returns("NVDA"))
        func deviation(_ values: [Double]) -> Double {
            let mean = values.reduce(0, +) / Double(values.count)
            return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
        }
        #expect(abs(deviation(spy) * 252.0.squareRoot() - 0.15) < 0.02)
        #expect(abs(deviation(nvda) * 252.0.squareRoot() - 0.45) < 0.06)
        let beta = zip(spy, nvda).reduce(0) { $0 + $1.0 * $1.1 } / spy.reduce(0) { $0 + $1 * $1 }
        // 0.6 x 0.45 / 0.15 in the long run.
        #expect(abs(beta - 1.8) < 0.4)
    }

    @Test func dividends_areTheLastQuarters_andNoneInTheFrozenBook() throws {
        var model = model(day)
        let dividend = try #require(model.lastDividend(of: 0))
        #expect(dividend.date == MarketDate.thirdFriday(year: 2026, month: 9))
        #expect(dividend.amount == 1.8)
        #expect(model.lastDividend(of: try #require(model.instruments.firstIndex { $0.isIndex })) == nil)
        let isFrozen = model.freezeAtS11() != nil
        #expect(isFrozen)
        #expect(model.lastDividend(of: 0) == nil)
    }

    private func channel(_ client: VenueClient) async throws -> RawSocket {
        let socket = try await client.quotes()
        socket.send(["type": "AUTH", "channel": 0, "token": .string(try await client.quoteToken())])
        _ = try await socket.message("AUTH_STATE")
        socket.send(["type": "CHANNEL_REQUEST", "channel": 3, "service": "FEED", "parameters": ["contract": "AUTO"]])
        _ = try await socket.message("CHANNEL_OPENED")
        let fields: SandboxJSON = ["eventSymbol", "eventFlags", "time", "close", "vwap"]
        socket.send([
            "type": "FEED_SETUP", "channel": 3, "acceptAggregationPeriod": .number("0.02"),
            "acceptDataFormat": "COMPACT", "acceptEventFields": ["Candle": fields],
        ])
        _ = try await socket.message("FEED_CONFIG")
        return socket
    }

    private func subscribe(_ symbols: [String], from time: Int, on socket: RawSocket) {
        let rows = symbols.map { name -> SandboxJSON in
            ["type": "Candle", "symbol": .string(name), "fromTime": .int(time)]
        }
        socket.send(["type": "FEED_SUBSCRIPTION", "channel": 3, "add": .array(rows)])
    }

    @Test func snapshot_hasItsFlags_overSeveralFrames() async throws {
        let client = try await VenueClient.start(freeze: "S11")
        let socket = try await channel(client)
        subscribe(["SPY{=1d}"], from: 0, on: socket)
        let config = try await socket.message("FEED_CONFIG")
        #expect(config["eventFields"]?["Candle"]?.elements?.count == 5)
        var flags: [Int] = []
        var times: [Int] = []
        for _ in 0..<3 {
            let data = try await socket.message("FEED_DATA")["data"]?.elements
            let values = try #require(data?.last?.elements)
            for start in stride(from: 0, to: values.count, by: 5) {
                #expect(values[start].text == "SPY{=d}")
                flags.append(values[start + 1].integer ?? -1)
                times.append(values[start + 2].integer ?? -1)
            }
        }
        #expect(flags.count == 501)
        #expect(flags.first == 4 && flags.last == 8)
        #expect(flags.dropFirst().dropLast().allSatisfy { $0 == 0 })
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 > $1 })
        await client.sandbox.stop()
    }

    @Test func snapshot_endsWithAnEmptyRow_whenThereIsMoreHistory_andTooManyAreRefused() async throws {
        let client = try await VenueClient.start(freeze: "S11")
        let socket = try await channel(client)
        let from = (client.market.read { $0.date.dayNumber } - 20) * 86_400_000
        subscribe(["QQQ{=d,tho=true}"], from: from, on: socket)
        let values = try #require(try await socket.message("FEED_DATA")["data"]?.elements?.last?.elements)
        #expect(values.first?.text == "QQQ{=d,tho=true}")
        #expect(values[values.count - 4].integer == 10)
        #expect(values[values.count - 3].integer == from)
        #expect(values[values.count - 2].text == "NaN")
        subscribe((0..<20).map { "X\($0){=d}" }, from: from, on: socket)
        let error = try await socket.message("ERROR")
        #expect(error["error"]?.text == "BAD_ACTION")
        #expect(error["message"]?.text?.contains("too big") == true)
        await client.sandbox.stop()
    }
}
