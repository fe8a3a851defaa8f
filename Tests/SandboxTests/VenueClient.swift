import Foundation
import Sandbox
import TastytradeSandbox

/// A started Tastytrade sandbox with a login, for tests.
struct VenueClient: Sendable {
    struct Unusable: Error {}

    let sandbox: TastytradeSandbox
    let market: SimulatedMarket
    let token: String

    /// A market that steps only when the test says so.
    static func start(freeze: String? = nil) async throws -> VenueClient {
        let options = SandboxOptions(seed: 11, freeze: freeze, tickInterval: 3_600)
        let market = SimulatedMarket(options, start: MarketModelTests.start)
        let sandbox = try await TastytradeSandbox.start(options, market: market)
        let answer = try await login(sandbox)
        guard let token = answer.body?["access_token"]?.text else { throw Unusable() }
        return VenueClient(sandbox: sandbox, market: market, token: token)
    }

    static func login(_ sandbox: TastytradeSandbox, secret: String? = nil) async throws -> RawHTTP.Answer {
        let credentials = sandbox.description.credentials
        let body: SandboxJSON = [
            "grant_type": "refresh_token", "refresh_token": .string(credentials["refreshToken"] ?? ""),
            "client_secret": .string(secret ?? credentials["clientSecret"] ?? ""),
        ]
        return try await RawHTTP.send(
            "POST", "/oauth/token", port: try port(sandbox, "api"), headers: [("User-Agent", "test/1.0")],
            body: body.rendered)
    }

    static func port(_ sandbox: TastytradeSandbox, _ name: String) throws -> Int {
        guard let port = sandbox.description.urls[name].flatMap({ URL(string: $0) })?.port else { throw Unusable() }
        return port
    }

    func get(_ target: String, headers: [(String, String)] = []) async throws -> RawHTTP.Answer {
        try await RawHTTP.send(
            "GET", target, port: try Self.port(sandbox, "api"),
            headers: [("User-Agent", "test/1.0"), ("Authorization", "Bearer \(token)")] + headers)
    }

    @discardableResult
    func control(_ body: SandboxJSON) async throws -> RawHTTP.Answer {
        try await RawHTTP.send("POST", "/control", port: try Self.port(sandbox, "control"), body: body.rendered)
    }

    /// A DXLink socket after SETUP and its AUTH_STATE.
    func quotes() async throws -> RawSocket {
        let socket = try await RawSocket.connect(port: try Self.port(sandbox, "dxlink"), path: "/realtime")
        socket.send(["type": "SETUP", "channel": 0, "version": "0.1-test/1", "keepaliveTimeout": 60])
        guard try await socket.message("AUTH_STATE")["state"]?.text == "UNAUTHORIZED" else { throw Unusable() }
        return socket
    }

    func quoteToken() async throws -> String {
        guard let token = try await get("/api-quote-tokens").body?["data"]?["token"]?.text else { throw Unusable() }
        return token
    }
}
