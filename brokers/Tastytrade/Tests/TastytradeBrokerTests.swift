import BrokerKit
import BrokerTestKit
import PortfolioModel
import Testing

@testable import Tastytrade

struct TastytradeBrokerTests {
    private let script = VenueScript()
    private static let down = HTTPResponse(status: 503)

    private func snapshots(of number: String) -> [AccountSnapshot] {
        script.sink.snapshots.filter { $0.account.number == number }
    }

    /// Runs the broker beside the body and ends it afterwards.
    private func running(
        _ broker: TastytradeBroker, _ body: () async throws -> Void
    ) async throws {
        let run = Task { [script] in try await broker.run(script.sink) }
        do { try await body() } catch {
            run.cancel()
            throw error
        }
        run.cancel()
        try await run.value
    }

    /// Lets time pass until something holds; an issue when it never does.
    private func waitUntil(
        _ condition: @escaping @Sendable (VenueScript) -> Bool, location: SourceLocation = #_sourceLocation
    ) async {
        let came = await script.passTime { [script] in condition(script) }
        if !came { Issue.record("it did not come about", sourceLocation: location) }
    }

    private static let request = MarketDataRequest(handle: 7, symbol: VenueSymbol("SPY"), kind: .etf)

    private static func notification(quantity: Int, hour: Int) -> String {
        #"{"type":"CurrentPosition","timestamp":1,"data":{"account-number":"5WX00001","symbol":"SPY","#
            + #""instrument-type":"Equity","quantity":\#(quantity),"quantity-direction":"Long","multiplier":1,"#
            + #""updated-at":"2026-11-20T\#(hour):00:00.000+00:00"}}"#
    }

    @Test func synchronizeOnce_deliversEveryOpenAccountWhole() async throws {
        let broker = script.broker()
        let sync = Task { [script] in try await broker.synchronizeOnce(script.sink) }
        await waitUntil { script in script.sink.events.contains { if case .alive = $0 { true } else { false } } }
        try await sync.value
        let first = try #require(snapshots(of: "5WX00001").last)
        #expect(first.positions.count == 7)
        #expect(first.balances.first?.cash == (try FixedDecimal("-1250.5")))
        #expect(first.figures?.maintenanceMargin == 1800)
        #expect(snapshots(of: "5WX00002").last?.balances.first?.cash == 25_000)
        #expect(snapshots(of: "5WX00003").isEmpty)
        let future = try #require(first.positions.first { $0.instrument.symbol.text == "/ESZ6" })
        #expect(try TastytradeSymbology().terms(of: future.instrument).contract?.premiumMultiplier == 50)
        let rows = script.sink.events.compactMap {
            if case .transactions(_, let rows) = $0 { rows.count } else { nil }
        }
        #expect(rows == [3])
        let learned = script.sink.events.compactMap {
            if case .instruments(let list) = $0 { list.map(\.symbol.text) } else { nil }
        }
        #expect(learned.flatMap(\.self).contains("ABC1  270115C00050000"))
        #expect(learned.first == ["/ESZ6"])
    }

    @Test(arguments: ["5WX00001/positions", "5WX00001/balances", "5WX00001/transactions"])
    func failedRequest_neverMakesASnapshot_andLeavesTheOthers(_ part: String) async throws {
        script.answer(part, Self.down)
        let broker = script.broker()
        let sync = Task { [script] in try await broker.synchronizeOnce(script.sink) }
        await waitUntil { script in !script.sink.snapshots.isEmpty }
        await #expect(throws: BrokerError.self) { try await sync.value }
        #expect(snapshots(of: "5WX00001").isEmpty)
        #expect(snapshots(of: "5WX00002").count == 1)
    }

    @Test(arguments: ["/orders/live", "/instruments/", "/option-chains/"])
    func failedLookup_neverStopsASnapshot(_ part: String) async throws {
        script.answer(part, HTTPResponse(status: 403))
        let broker = script.broker()
        let sync = Task { [script] in try await broker.synchronizeOnce(script.sink) }
        await waitUntil { script in script.sink.snapshots.count == 2 }
        let ticker = Task { [script] in while !Task.isCancelled { await script.clock.advance(by: .seconds(1)) } }
        try await sync.value
        ticker.cancel()
        #expect(snapshots(of: "5WX00001").last?.positions.count == 7)
    }

    @Test func accountNotListed_isSaidMasked() async throws {
        let broker = script.broker { $0.accounts = ["5WX09999"] }
        let error = await #expect(throws: BrokerError.self) { try await broker.synchronizeOnce(self.script.sink) }
        #expect(error?.code == "account-not-found")
        #expect(error?.message.contains("****9999") == true)
        #expect(error?.message.contains("5WX09999") == false)
    }

    @Test func commands_areRefused_whenNotRunning() async {
        await #expect(throws: BrokerError.self) { try await script.broker().perform(.synchronize) }
    }

    @Test func run_goesLive_andStreamsWhatIsWanted() async throws {
        let broker = script.broker()
        try await broker.perform(.stream([Self.request]))
        try await running(broker) {
            await waitUntil { script in
                script.connection(feed: true)?.sent.contains { $0.contains("FEED_SUBSCRIPTION") } == true
            }
            let feed = try #require(script.connection(feed: true))
            #expect(feed.sent.contains { $0.contains(#""token":"quote-1""#) })
            #expect(feed.sent.last?.contains(#"{"type":"Quote","symbol":"SPY"}"#) == true)
            feed.push([
                #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2,3,4]]}"#,
                #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",5,6,7,8]]}"#,
            ])
            await waitUntil { script in
                script.sink.events.contains { if case .market = $0 { true } else { false } }
            }
            let batches = script.sink.events.compactMap { if case .market(let batch) = $0 { batch } else { nil } }
            #expect(batches.count == 1)
            #expect(batches.first?.quotes.first?.bid.value == 5)
            #expect(batches.first?.quotes.first?.instrument == 7)
            await waitUntil { $0.states.last == .live }
        }
    }

    @Test func lostFeed_isSilent_andComesBackWithItsSubscriptions() async throws {
        let broker = script.broker()
        try await broker.perform(.stream([Self.request]))
        try await running(broker) {
            let quote = #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2,3,4]]}"#
            func subscribed() async {
                await waitUntil { script in
                    script.connection(feed: true)?.sent.contains { $0.contains("FEED_SUBSCRIPTION") } == true
                }
            }
            await subscribed()
            let first = try #require(script.connection(feed: true))
            first.push(quote)
            await waitUntil { $0.states.last == .live }
            first.end(TransportError(.closed, "gone", closeCode: 1006))
            await waitUntil { $0.states.last == .degraded }
            #expect(script.sink.events.contains { if case .feedSilent = $0 { true } else { false } })
            await waitUntil { script in script.connection(feed: true) !== first }
            await subscribed()
            #expect(script.states.last == .degraded)
            script.connection(feed: true)?.push(quote)
            await waitUntil { $0.states.last == .live }
        }
    }

    @Test func muteFeed_isGivenUp() async throws {
        script.muteFeed(true)
        let broker = script.broker()
        try await broker.perform(.stream([Self.request]))
        try await running(broker) {
            await waitUntil { script in script.connection(feed: true)?.isClosedByClient == true }
        }
    }

    @Test func feedHost_isRefused_whenNotAllowed() async throws {
        script.answer(
            "/api-quote-tokens", .json(#"{"data":{"token":"t","dxlink-url":"wss://feed.example.com/realtime"}}"#))
        let broker = script.broker()
        try await broker.perform(.stream([Self.request]))
        try await running(broker) {
            await waitUntil { $0.states.last == .degraded }
            #expect(script.connection(feed: true) == nil)
        }
    }

    @Test func accountStream_amendsWhatRestSaid() async throws {
        let broker = script.broker()
        try await running(broker) {
            await waitUntil { $0.states.last == .live }
            let stream = try #require(script.connection(feed: false))
            #expect(stream.sent.first?.contains(#""auth-token":"Bearer access-1""#) == true)
            stream.push(Self.notification(quantity: 90, hour: 16))
            stream.push(Self.notification(quantity: 80, hour: 14))
            stream.push(#"{"type":"UserMessage","data":{}}"#)
            stream.push("not json")
            await waitUntil { script in !script.sink.unreadable.isEmpty }
            let amended = script.sink.events.flatMap { event -> [FixedDecimal] in
                if case .positions("5WX00001", let positions) = event { positions.map(\.quantity) } else { [] }
            }
            #expect(amended == [90])
        }
    }

    @Test func refusedLogin_showsAndIsNotRepeated() async throws {
        script.answer("/oauth/token", .json(#"{"error":"invalid_grant"}"#, status: 400))
        let broker = script.broker()
        try await running(broker) {
            await waitUntil { $0.states.last == .needsLogin }
            for _ in 0..<120 { await script.clock.advance(by: .seconds(5)) }
            #expect(script.http.count(of: "/oauth/token") == 1)
        }
    }

    @Test func run_refusesToRunTwice() async throws {
        let broker = script.broker()
        try await running(broker) {
            await waitUntil { script in !script.sink.snapshots.isEmpty }
            await #expect(throws: BrokerError.self) { try await broker.run(self.script.sink) }
        }
    }
}
