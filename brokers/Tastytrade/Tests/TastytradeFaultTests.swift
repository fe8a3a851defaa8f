import BrokerKit
import BrokerTestKit
import Logging
import NIOConcurrencyHelpers
import PortfolioModel
import Testing

@testable import Tastytrade

/// What the REST client and the streams do to a venue that misbehaves: how often it is called, and when.
struct TastytradeFaultTests {
    private let clock = ManualClock(Timestamp(seconds: 784_111_747))

    private func api(_ http: ScriptedHTTPClient) -> TastytradeAPI {
        TastytradeAPI(
            configuration: TastytradeAPITests.configuration(), http: http, clock: clock, seed: 1,
            logger: Logger(label: "test"))
    }

    /// Calls `body` once a second; what it throws does not matter.
    private func eachSecond(_ seconds: Int, _ body: @escaping @Sendable () async throws -> Void) async {
        for _ in 0..<seconds {
            let call = Task { try? await body() }
            await clock.advance(by: .seconds(1))
            await call.value
        }
    }

    @Test func expiredToken_isRenewedOnce_forTwentyCallsAtATime() async throws {
        let isExpired = NIOLockedValueBox(false)
        let http = ScriptedHTTPClient { request in
            for _ in 0..<50 { await Task.yield() }
            let isOld = isExpired.withLockedValue { $0 }
            if request.url.hasSuffix("/oauth/token") {
                return .json(TastytradeAPITests.grant.replacing("access-1", with: isOld ? "access-2" : "access-1"))
            }
            let isRefused = isOld && request.header("Authorization") != "Bearer access-2"
            return isRefused ? .json("{}", status: 401) : .json(#"{"data":{}}"#)
        }
        let api = api(http)
        _ = try await api.get(APIRequest(["things"], place: "things"))
        isExpired.withLockedValue { $0 = true }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask { _ = try await api.get(APIRequest(["things"], place: "things")) }
            }
            try await group.waitForAll()
        }
        #expect(http.count(of: "/oauth/token") == 2, "one login at the start, one for the twenty")
        #expect(http.count(of: "/things") == 1 + 40, "each is tried once more")
        print("row 3: \(http.count(of: "/oauth/token") - 1) renewal for 20 calls at a time")
    }

    @Test(arguments: [("120", 120), ("Sun, 06 Nov 1994 08:51:07 GMT", 120), ("86400", 900)])
    func retryAfter_isKept_inBothForms(field: String, seconds: Int) async throws {
        let http = ScriptedHTTPClient { request in
            if request.url.hasSuffix("/oauth/token") { return .json(TastytradeAPITests.grant) }
            return HTTPResponse(status: 429, headers: ["retry-after": field])
        }
        let api = api(http)
        _ = try? await api.get(APIRequest(["things"], place: "things"))
        #expect(http.count(of: "/things") == 1)
        // Within the client's own patience a call waits instead of failing; nobody stands in line here.
        await eachSecond(seconds - 40) { _ = try await api.get(APIRequest(["things"], place: "things")) }
        #expect(http.count(of: "/things") == 1, "no call before the time")
        print("row 5: Retry-After \(field): \(http.count(of: "/things") - 1) calls in \(seconds - 40) s")
        await clock.advance(by: .seconds(41))
        _ = try? await api.get(APIRequest(["things"], place: "things"))
        #expect(http.count(of: "/things") == 2)
    }

    @Test func login_isNotSent_whileTheVenueWantsFewerRequests() async throws {
        let http = ScriptedHTTPClient { _ in HTTPResponse(status: 429, headers: ["retry-after": "600"]) }
        let api = api(http)
        await eachSecond(590) { _ = try await api.accessToken() }
        #expect(http.count(of: "/oauth/token") == 1)
        await eachSecond(20) { _ = try await api.accessToken() }
        #expect(http.count(of: "/oauth/token") == 2)
    }

    @Test(arguments: [500, 502, 503, 0])
    func brokenVenue_isCalledFiveTimes_thenProbed(status: Int) async throws {
        let started = clock.uptime()
        let times = NIOLockedValueBox<[Duration]>([])
        let http = ScriptedHTTPClient { [clock] request in
            if request.url.hasSuffix("/oauth/token") { return .json(TastytradeAPITests.grant) }
            times.withLockedValue { $0.append(clock.uptime() - started) }
            if status == 0 { throw TransportError(.connectFailed, "refused") }
            return HTTPResponse(status: status)
        }
        let api = api(http)
        let caller = Task {
            while !Task.isCancelled {
                _ = try? await api.get(APIRequest(["things"], place: "things"))
                try await clock.sleep(for: .seconds(1))
            }
        }
        for _ in 0..<300 {
            // On a slow machine the call of the second before may still be under way.
            let isAsleep = await eventually { [clock] in clock.sleeperCount > 0 }
            #expect(isAsleep)
            await clock.advance(by: .seconds(1))
        }
        caller.cancel()
        await clock.advance(by: .seconds(1))
        _ = await caller.result
        let calls = times.withLockedValue { $0 }
        #expect(calls.count { $0 < .seconds(30) } == 5)
        let gaps = zip(calls.dropFirst(4), calls.dropFirst(5)).map { $1 - $0 }
        #expect(gaps.count == 3, "\(calls)")
        for (gap, least) in zip(gaps, [30, 60, 120]) {
            #expect(gap >= .seconds(least) && gap <= .seconds(least + 3), "\(gap)")
        }
        print("row 6: status \(status): \(calls.count { $0 < .seconds(30) }) calls, then probes after \(gaps)")
    }

    /// The venue takes every connection, shakes hands and hangs up.
    @Test func connections_areEightAtMost_inTheFirstMinuteOfAStorm() async throws {
        let script = VenueScript(hangsUp: true)
        let broker = script.broker()
        try await broker.perform(
            .stream([MarketDataRequest(handle: 7, symbol: VenueSymbol("SPY"), kind: .etf)]))
        let run = Task { try await broker.run(script.sink) }
        for _ in 0..<240 { await script.clock.advance(by: .milliseconds(250)) }
        let feed = script.sockets.requests.count { $0.url.hasSuffix("/realtime") }
        let accounts = script.sockets.requests.count - feed
        run.cancel()
        try await run.value
        #expect((2...8).contains(feed), "\(feed) feed connections in a minute")
        #expect((2...8).contains(accounts), "\(accounts) account streams in a minute")
        #expect(script.http.count(of: "/oauth/token") == 1)
        print("row 21: \(feed) and \(accounts) connections in the first minute of a storm")
    }

    /// Members that nobody knows are put into every object of every fixture.
    @Test(arguments: ["accounts", "balances-object", "balances-items", "positions", "transactions", "orders-live"])
    func unknownMembers_changeNothing(name: String) async throws {
        let plain = try Fixture.text(name)
        let added = plain.replacing("{", with: #"{"x-later":{"a":[1,null,"b"]},"#)
        func read(_ text: String) async throws -> String {
            let http = ScriptedHTTPClient { .json($0.url.hasSuffix("/oauth/token") ? TastytradeAPITests.grant : text) }
            let api = api(http)
            let day = try #require(CalendarDate("2026-11-20"))
            switch name {
            case "accounts": return "\(try await api.accounts())"
            case "positions": return "\(try await api.positions(of: "5WX00001"))"
            case "transactions": return "\(try await api.transactions(of: "5WX00001", from: day))"
            case "orders-live": return "\(try await api.liveOrders(of: "5WX00001"))"
            default: return "\(try await api.balances(of: "5WX00001"))"
            }
        }
        let expected = try await read(plain)
        #expect(try await read(added) == expected)
        #expect(expected.count > 20)
        print("row 11: \(name): 0 errors and 0 changes with unknown members in every object")
    }

    /// The thread of the streams is caught in a name lookup: no stream can say so, nothing they say is heard.
    @Test func standingThread_showsWithinThirtySeconds_andHeals() async throws {
        let script = VenueScript()
        let broker = script.broker()
        let run = Task { try await broker.run(script.sink) }
        #expect(await script.passTime { script.states.last == .live })
        script.sockets.stand(true)
        let stood = script.clock.uptime()
        #expect(await script.passTime { script.states.last == .degraded })
        let noticed = script.clock.uptime() - stood
        #expect(noticed <= .seconds(30), "\(noticed)")
        #expect(script.sink.events.contains { if case .feedSilent = $0 { true } else { false } })
        script.sockets.stand(false)
        #expect(await script.passTime { script.states.last == .live })
        print("row 54: a standing thread of streams shows after \(noticed)")
        run.cancel()
        try await run.value
    }
}
