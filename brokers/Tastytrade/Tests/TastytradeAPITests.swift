import BrokerKit
import BrokerTestKit
import Logging
import PortfolioModel
import Testing

@testable import Tastytrade

struct TastytradeAPITests {
    static let grant = #"{"access_token":"access-1","token_type":"Bearer","expires_in":900,"scope":"read"}"#

    static func configuration() -> TastytradeConfiguration {
        var configuration = TastytradeConfiguration(
            environment: .sandbox, clientSecret: SecretString("client-secret"),
            refreshToken: SecretString("refresh-token"))
        configuration.apiURL = "http://127.0.0.1:1"
        configuration.accountStreamerURL = "ws://127.0.0.1:2"
        return configuration
    }

    private let clock = ManualClock()

    private func api(_ http: ScriptedHTTPClient) -> TastytradeAPI {
        TastytradeAPI(
            configuration: Self.configuration(), http: http, clock: clock, seed: 1, logger: Logger(label: "test"))
    }

    private func request() -> APIRequest { APIRequest(["things"], place: "things") }

    /// Runs a call while time passes for it.
    private func whileTimePasses<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await body() }
        let ticker = Task {
            while !Task.isCancelled { await clock.advance(by: .milliseconds(500)) }
        }
        defer { ticker.cancel() }
        return try await task.value
    }

    @Test func parallelCalls_shareOneLogin() async throws {
        let http = ScriptedHTTPClient { request in
            for _ in 0..<50 { await Task.yield() }
            return .json(request.url.hasSuffix("/oauth/token") ? Self.grant : #"{"data":{}}"#)
        }
        let api = api(http)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await api.accessToken() } }
            try await group.waitForAll()
        }
        #expect(http.count(of: "/oauth/token") == 1)
    }

    @Test func requests_carryTheirHeaders() async throws {
        let http = ScriptedHTTPClient { .json($0.url.hasSuffix("/oauth/token") ? Self.grant : #"{"data":{}}"#) }
        _ = try await api(http).get(request())
        let login = try #require(http.requests.first)
        #expect(login.header("Authorization") == nil)
        #expect(login.header("User-Agent")?.contains("/") == true)
        #expect(login.bodyText.contains(#""grant_type":"refresh_token""#))
        #expect(http.requests.last?.header("Authorization") == "Bearer access-1")
    }

    @Test(arguments: [
        (400, #"{"error_code":"invalid_grant","error_description":"Invalid JWT"}"#),
        (401, #"{"error":"invalid_grant","error_description":"gone"}"#),
        (400, #"{"error":{"code":"invalid_credentials","message":"no"}}"#),
    ])
    func refusedGrant_isNotTriedAgain_beforeTheHoldEnds(_ status: Int, _ body: String) async throws {
        let http = ScriptedHTTPClient { _ in .json(body, status: status) }
        let api = api(http)
        for _ in 0..<10 {
            let error = await #expect(throws: BrokerError.self) { try await api.get(self.request()) }
            #expect(error?.classification == .needsLogin)
            await clock.advance(by: .seconds(60))
        }
        #expect(http.requests.count == 1)
        print("row 4: \(http.requests.count) login in 10 minutes of calls after a refusal with \(status)")
        await clock.advance(by: .seconds(300))
        await #expect(throws: BrokerError.self) { try await api.get(self.request()) }
        #expect(http.requests.count == 2)
        #expect(await api.loginMessage?.contains("refused") == true)
    }

    @Test func unauthorized_renewsOnce_andRetriesOnce() async throws {
        let http = ScriptedHTTPClient { request in
            if request.url.hasSuffix("/oauth/token") {
                return .json(Self.grant.replacing("access-1", with: "access-2"))
            }
            let isFresh = request.header("Authorization") == "Bearer access-2"
            return isFresh ? .json(#"{"data":{"ok":true}}"#) : .json("{}", status: 401)
        }
        _ = try await api(http).get(request())
        let always401 = ScriptedHTTPClient { request in
            request.url.hasSuffix("/oauth/token") ? .json(Self.grant) : .json("{}", status: 401)
        }
        let api = api(always401)
        for _ in 0..<20 {
            let error = await #expect(throws: BrokerError.self) { try await api.get(self.request()) }
            #expect(error?.classification == .needsLogin)
        }
        #expect(always401.count(of: "/oauth/token") == 2)
        #expect(always401.count(of: "/things") == 2)
    }

    @Test func rotatedRefreshToken_isUsedNext() async throws {
        let http = ScriptedHTTPClient { _ in
            .json(#"{"access_token":"a","expires_in":900,"refresh_token":"rotated"}"#)
        }
        let api = api(http)
        _ = try await api.accessToken()
        await clock.advance(by: .seconds(901))
        _ = try await api.accessToken()
        #expect(http.requests.first?.bodyText.contains("\"refresh-token\"") == true)
        #expect(http.requests.last?.bodyText.contains("\"rotated\"") == true)
    }

    @Test func throttling_pausesEveryRequest() async throws {
        let http = ScriptedHTTPClient { request in
            if request.url.hasSuffix("/oauth/token") { return .json(Self.grant) }
            return HTTPResponse(status: 429, headers: ["retry-after": "120"])
        }
        let api = api(http)
        for _ in 0..<5 {
            let error = await #expect(throws: BrokerError.self) { try await api.get(self.request()) }
            #expect(error?.code == "rate-limited")
        }
        #expect(http.count(of: "/things") == 1)
        await clock.advance(by: .seconds(121))
        await #expect(throws: BrokerError.self) { try await api.get(self.request()) }
        #expect(http.count(of: "/things") == 2)
    }

    @Test(arguments: [500, 502, 503]) func serverTrouble_isRetriedABoundedNumberOfTimes(_ status: Int) async throws {
        let http = ScriptedHTTPClient { request in
            if request.url.hasSuffix("/oauth/token") { return .json(Self.grant) }
            return HTTPResponse(status: status, body: Array("<html>bad gateway</html>".utf8))
        }
        let api = api(http)
        let error = await #expect(throws: BrokerError.self) {
            try await self.whileTimePasses { try await api.get(self.request()) }
        }
        #expect(error?.classification == .retryable)
        #expect(error?.status == status)
        #expect(http.count(of: "/things") == 3)
    }

    @Test(arguments: [400, 403, 404, 406, 422]) func refusal_isNotRetried(_ status: Int) async throws {
        let http = ScriptedHTTPClient { request in
            if request.url.hasSuffix("/oauth/token") { return .json(Self.grant) }
            return .json(#"{"error":{"code":406,"message":"The requested version is not supported."}}"#, status: status)
        }
        let error = await #expect(throws: BrokerError.self) { try await self.api(http).get(self.request()) }
        #expect(error?.classification == .permanent)
        #expect(error?.message.contains("406: The requested version") == true)
        #expect(http.count(of: "/things") == 1)
    }

    @Test(arguments: ["<html>", "", "{\"data\":", "[]", "{\"context\":\"/x\"}"])
    func unreadableAnswer_isAnError(_ body: String) async throws {
        let http = ScriptedHTTPClient { .json($0.url.hasSuffix("/oauth/token") ? Self.grant : body) }
        let error = await #expect(throws: BrokerError.self) { try await self.api(http).get(self.request()) }
        #expect(error?.code == "unreadable-answer")
    }

    @Test func transactions_areReadPageByPage() async throws {
        let http = ScriptedHTTPClient { request in
            if request.url.hasSuffix("/oauth/token") { return .json(Self.grant) }
            let page = Int(request.url.split(separator: "page-offset=").last ?? "") ?? -1
            let row = """
                {"id":\(page),"transaction-type":"Trade","net-value":"1.0","net-value-effect":"Debit",
                "executed-at":"2026-11-20T22:00:00Z"}
                """
            return .json(#"{"data":{"items":[\#(row)]},"pagination":{"page-offset":\#(page),"total-pages":7}}"#)
        }
        let rows = try await api(http).transactions(of: "5WX00001", from: try #require(CalendarDate("2026-11-20")))
        #expect(rows.map(\.id) == (0..<7).map(String.init))
        #expect(http.requests.last?.url.contains("start-date=2026-11-20") == true)
    }

    @Test func positions_areRefused_whenOneIsListedTwiceOrUnreadable() async throws {
        let item = #"{"symbol":"SPY","quantity":1,"quantity-direction":"Long"}"#
        for body in [
            #"{"data":{"items":[\#(item),\#(item)]}}"#, #"{"data":{"items":[\#(item),{"symbol":"X"}]}}"#,
            #"{"data":{}}"#, #"{"data":null}"#,
        ] {
            let http = ScriptedHTTPClient { .json($0.url.hasSuffix("/oauth/token") ? Self.grant : body) }
            await #expect(throws: BrokerError.self) { try await self.api(http).positions(of: "5WX00001") }
        }
    }

    @Test func path_encodesSymbols() {
        let request = APIRequest(["instruments", "futures", "/ESZ6"], place: "x", query: [("symbol[]", "BRK/B 1")])
        #expect(request.target == "/instruments/futures/%2FESZ6?symbol[]=BRK%2FB%201")
    }

    @Test func errors_neverShowSecrets() async throws {
        let http = ScriptedHTTPClient { _ in throw TransportError(.connectFailed, "refused") }
        let error = await #expect(throws: BrokerError.self) { try await self.api(http).accessToken() }
        #expect(error?.classification == .retryable)
        let text = String(describing: error) + String(reflecting: Self.configuration())
        #expect(!text.contains("client-secret") && !text.contains("refresh-token"))
    }
}
