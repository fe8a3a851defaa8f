import BrokerKit
import Testing
import Transport

struct LibWebSocketsConnectorTests {
    private func connector(caFile: String? = nil, connectTimeout: Duration = .seconds(5)) throws
        -> LibWebSocketsConnector
    {
        var options = LibWebSocketsConnector.Options(caFile: caFile)
        options.connectTimeout = connectTimeout
        return try LibWebSocketsConnector(policy: EndpointPolicy(allowedHosts: ["api.example.com"]), options: options)
    }

    @Test func connect_sendsTheGivenHeaders() async throws {
        let server = try await LoopbackServer()
        let connector = try connector()
        let token = String(repeating: "t", count: 20_000)
        var request = WebSocketRequest(url: server.ws + "/stream/echo")
        request.headers = [HTTPHeader("Authorization", secret: SecretString(token))]
        let stream = try await connector.connect(request)
        try await stream.send(text: "!header Authorization")
        #expect(try await stream.receive() == .text(Array(token.utf8)))
        await stream.close()
        await connector.shutdown()
        await server.stop()
    }

    @Test func connect_trustsAServerOfTheGivenAuthority() async throws {
        let authority = try Authorities.known.get()
        let server = try await LoopbackServer(tls: authority.serverContext(host: "localhost"))
        let connector = try connector(caFile: authority.caFile)
        let stream = try await connector.connect(WebSocketRequest(url: server.wss + "/stream/echo"))
        try await stream.send(text: "hello")
        #expect(try await stream.receive() == .text(Array("hello".utf8)))
        await stream.close()
        await connector.shutdown()
        await server.stop()
    }

    @Test(arguments: ["wrong host", "expired", "unknown authority", "system authorities"])
    func connect_refusesAServer_whoseCertificateIsNotGood(flaw: String) async throws {
        let known = try Authorities.known.get()
        let signer = flaw == "unknown authority" ? try Authorities.unknown.get() : known
        let host = flaw == "wrong host" ? "example.invalid" : "localhost"
        let server = try await LoopbackServer(tls: signer.serverContext(host: host, isExpired: flaw == "expired"))
        let connector = try connector(caFile: flaw == "system authorities" ? nil : known.caFile)
        let request = WebSocketRequest(url: server.wss + "/stream/echo")
        let error = await failure { try await connector.connect(request) }
        #expect(error?.code == .tlsFailed, "\(String(describing: error))")
        await connector.shutdown()
        await server.stop()
    }

    @Test(arguments: [("/forbidden", 403), ("/moved", 301), ("/redirect", 302)])
    func connect_saysTheStatus_whenTheUpgradeIsRefused(path: String, status: Int) async throws {
        let server = try await LoopbackServer()
        let connector = try connector()
        let error = await failure { try await connector.connect(WebSocketRequest(url: server.ws + path)) }
        #expect(error?.upgradeStatus == status, "\(String(describing: error))")
        #expect(server.requests == 1)
        await connector.shutdown()
        await server.stop()
    }

    @Test func connect_fails_whenNobodyListens() async throws {
        let server = try await LoopbackServer()
        await server.stop()
        let connector = try connector()
        let error = await failure { try await connector.connect(WebSocketRequest(url: server.ws)) }
        #expect(error?.code == .connectFailed, "\(String(describing: error))")
        await connector.shutdown()
    }

    @Test(arguments: [true, false])
    func connect_timesOut_whenTheServerSaysNothing(tls: Bool) async throws {
        let server = try await LoopbackServer(.mute)
        let connector = try connector(connectTimeout: .milliseconds(300))
        let url = tls ? server.wss : server.ws
        let error = await failure { try await connector.connect(WebSocketRequest(url: url)) }
        #expect(error?.code == .timedOut, "\(String(describing: error))")
        await connector.shutdown()
        await server.stop()
    }

    @Test(arguments: [
        ("ws://api.example.com/", TransportError.Code.refusedByPolicy), ("wss://other.example.com/", .refusedByPolicy),
        ("https://api.example.com/", .invalidRequest),
    ])
    func connect_refusesBeforeAnythingLeaves(url: String, code: TransportError.Code) async throws {
        let connector = try connector()
        #expect(await failure { try await connector.connect(WebSocketRequest(url: url)) }?.code == code)
        await connector.shutdown()
    }

    @Test func connect_refusesAHeader_thatStartsALineOfItsOwn() async throws {
        let connector = try connector()
        let request = WebSocketRequest(url: "ws://127.0.0.1:9/", headers: [HTTPHeader("A", "b\r\nC: d")])
        #expect(await failure { try await connector.connect(request) }?.code == .invalidRequest)
        await connector.shutdown()
    }

    @Test func connect_endsAtOnce_whenTheTaskIsCancelled() async throws {
        let server = try await LoopbackServer(.mute)
        let connector = try connector()
        let url = server.ws
        let task = Task { _ = try await connector.connect(WebSocketRequest(url: url)) }
        #expect(await eventually { server.connections == 1 })
        task.cancel()
        #expect(await failure { try await task.value }?.code == .interrupted)
        await connector.shutdown()
        await server.stop()
    }

    @Test func shutdown_endsOpenStreams_andRefusesNewOnes() async throws {
        let server = try await LoopbackServer()
        let connector = try connector()
        let request = WebSocketRequest(url: server.ws + "/stream/echo")
        let stream = try await connector.connect(request)
        await connector.shutdown()
        #expect(await failure { try await stream.receive() }?.code == .interrupted)
        #expect(await failure { try await stream.send(text: "late") }?.code == .closed)
        #expect(await failure { try await connector.connect(request) }?.code == .interrupted)
        await stream.close()
        await server.stop()
    }

    @Test func stream_livesOn_whenItsConnectorIsLetGo() async throws {
        let server = try await LoopbackServer()
        let stream = try await connector().connect(WebSocketRequest(url: server.ws + "/stream/echo"))
        try await stream.send(text: "hello")
        #expect(try await stream.receive()?.bytes == Array("hello".utf8))
        await stream.close()
        await server.stop()
    }

    @Test func init_refusesLimitsAndFilesThatCannotWork() {
        let policy = EndpointPolicy(allowedHosts: [])
        var options = LibWebSocketsConnector.Options()
        options.hangupAfter = options.pingAfter
        #expect(throws: TransportError.self) { try LibWebSocketsConnector(policy: policy, options: options) }
        options = LibWebSocketsConnector.Options(caFile: "/nonexistent/ca.pem")
        #expect(throws: TransportError.self) { try LibWebSocketsConnector(policy: policy, options: options) }
    }
}
