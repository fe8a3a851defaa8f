import BrokerKit
import Foundation
import Testing
import Transport

struct CurlHTTPClientTests {
    private let local = EndpointPolicy(allowedHosts: [])

    private func client(caFile: String? = nil) throws -> CurlHTTPClient {
        try CurlHTTPClient(policy: local, options: .init(caFile: caFile))
    }

    @Test func send_reusesOneConnection_forRequestsInARow() async throws {
        let server = try await LoopbackServer()
        let client = try client()
        for _ in 0..<5 { #expect(try await client.send(HTTPRequest(.get, server.http + "/x")).status == 200) }
        #expect(server.connections == 1)
        #expect(server.requests == 5)
        await client.shutdown()
        await server.stop()
    }

    @Test func send_answersAllOfManyAtOnce() async throws {
        let server = try await LoopbackServer()
        let client = try client()
        let url = server.http
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<60 {
                group.addTask { try await client.send(HTTPRequest(.get, "\(url)/\(index)")).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 200, count: 60))
        #expect(server.connections <= 6)
        await client.shutdown()
        await server.stop()
    }

    @Test func send_addsNoFieldButThoseHTTPNeeds() async throws {
        let server = try await LoopbackServer()
        let client = try client()
        let request = HTTPRequest(
            .get, server.http + "/a?b=c#d", headers: [HTTPHeader("Authorization", secret: .init("t"))])
        let text = String(decoding: try await client.send(request).body, as: UTF8.self)
        let expected = "GET /a?b=c\naccept-encoding=gzip\nauthorization=t\nhost=127.0.0.1:\(server.port)\n\n"
        #expect(text == expected)
        await client.shutdown()
        await server.stop()
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .delete])
    func send_carriesMethodAndBody(method: HTTPRequest.Method) async throws {
        let server = try await LoopbackServer()
        let client = try client()
        let request = HTTPRequest(method, server.http + "/echo", body: Array("{\"a\":1}".utf8))
        let text = String(decoding: try await client.send(request).body, as: UTF8.self)
        #expect(text.hasPrefix("\(method.rawValue) /echo\n"))
        #expect(text.contains("content-length=7"))
        #expect(text.hasSuffix("\n\n{\"a\":1}"))
        #expect(!text.contains("content-type"))
        await client.shutdown()
        await server.stop()
    }

    @Test func send_saysThatAPostHasNoBody() async throws {
        let server = try await LoopbackServer()
        let client = try client()
        let body = try await client.send(HTTPRequest(.post, server.http + "/echo")).body
        #expect(String(decoding: body, as: UTF8.self).contains("content-length=0"))
        await client.shutdown()
        await server.stop()
    }

    @Test func send_returnsARedirect_withoutFollowingIt() async throws {
        let server = try await LoopbackServer()
        let client = try client()
        let response = try await client.send(HTTPRequest(.get, server.http + "/redirect"))
        #expect(response.status == 302)
        #expect(response.headers["location"] == "/elsewhere")
        #expect(server.requests == 1)
        await client.shutdown()
        await server.stop()
    }

    @Test func send_decodesGzip_andKeepsTheLastOfRepeatedFields() async throws {
        let server = try await LoopbackServer()
        let client = try client()
        let zeros = try await client.send(HTTPRequest(.get, server.http + "/gzip")).body
        #expect(zeros == [UInt8](repeating: 0, count: 2581))
        #expect(try await client.send(HTTPRequest(.get, server.http + "/repeated")).headers["x-twice"] == "b")
        await client.shutdown()
        await server.stop()
    }

    @Test(arguments: [
        ("/never", TransportError.Code.timedOut), ("/drop", .closed), ("/bomb", .bodyTooLarge),
        ("/large", .bodyTooLarge), ("/manyfields", .protocolViolation),
    ])
    func send_givesUp_whenTheServerMisbehaves(path: String, code: TransportError.Code) async throws {
        let server = try await LoopbackServer()
        let client = try client()
        var request = HTTPRequest(.get, server.http + path)
        request.limits.totalTimeout = path == "/never" ? .milliseconds(300) : .seconds(10)
        request.limits.maximumBodyBytes = 1 << 20
        let error = await failure(within: .seconds(8)) { try await client.send(request) }
        #expect(error?.code == code, "\(String(describing: error))")
        await client.shutdown()
        await server.stop()
    }

    @Test func send_givesUpADrip_withinTwiceTheLowSpeedTime() async throws {
        let server = try await LoopbackServer()
        let client = try client()
        var request = HTTPRequest(.get, server.http + "/drip")
        request.limits.totalTimeout = .seconds(30)
        request.limits.lowSpeedTime = .seconds(3)
        let started = ContinuousClock.now
        let error = await failure(within: .seconds(20)) { try await client.send(request) }
        let took = ContinuousClock.now - started
        #expect(error?.code == .tooSlow, "\(String(describing: error))")
        #expect(took <= request.limits.lowSpeedTime * 2, "\(took)")
        print("row 7: a drip is given up after \(took), low-speed time \(request.limits.lowSpeedTime)")
        await client.shutdown()
        await server.stop()
    }

    @Test func send_timesOut_whenTheHandshakeIsNotAnswered() async throws {
        let server = try await LoopbackServer(.mute)
        let client = try client()
        var request = HTTPRequest(.get, server.https)
        request.limits.connectTimeout = .milliseconds(300)
        #expect(await failure { try await client.send(request) }?.code == .timedOut)
        await client.shutdown()
        await server.stop()
    }

    @Test func send_fails_whenNobodyListens() async throws {
        let server = try await LoopbackServer()
        await server.stop()
        let client = try client()
        #expect(await failure { try await client.send(HTTPRequest(.get, server.http)) }?.code == .connectFailed)
        await client.shutdown()
    }

    @Test func send_trustsAServerOfTheGivenAuthority() async throws {
        let authority = try Authorities.known.get()
        let server = try await LoopbackServer(tls: authority.serverContext(host: "localhost"))
        let client = try client(caFile: authority.caFile)
        #expect(try await client.send(HTTPRequest(.get, server.https)).status == 200)
        await client.shutdown()
        await server.stop()
    }

    @Test(arguments: ["wrong host", "expired", "unknown authority", "system authorities"])
    func send_refusesAServer_whoseCertificateIsNotGood(flaw: String) async throws {
        let known = try Authorities.known.get()
        let signer = flaw == "unknown authority" ? try Authorities.unknown.get() : known
        let host = flaw == "wrong host" ? "example.invalid" : "localhost"
        let server = try await LoopbackServer(tls: signer.serverContext(host: host, isExpired: flaw == "expired"))
        let client = try client(caFile: flaw == "system authorities" ? nil : known.caFile)
        #expect(await failure { try await client.send(HTTPRequest(.get, server.https)) }?.code == .tlsFailed)
        #expect(server.requests == 0)
        await client.shutdown()
        await server.stop()
    }

    @Test(arguments: [
        ("http://api.example.com/", TransportError.Code.refusedByPolicy),
        ("https://other.example.com/", .refusedByPolicy),
        ("wss://api.example.com/", .invalidRequest), ("https://a%2f.example.org/", .invalidRequest),
        ("https://a\\.example.org/", .invalidRequest), ("nonsense", .invalidRequest),
    ])
    func send_refusesBeforeAnythingLeaves(url: String, code: TransportError.Code) async throws {
        let policy = EndpointPolicy(allowedHosts: ["api.example.com", "*.example.org"])
        let client = try CurlHTTPClient(policy: policy)
        #expect(await failure { try await client.send(HTTPRequest(.get, url)) }?.code == code)
        await client.shutdown()
    }

    @Test(arguments: [
        ("X-A", "b\r\nX-Evil: 1"), ("X-A", "b\0"), ("X A", "b"), ("", "b"), ("Host", "evil"), ("X:A", "b"),
    ])
    func send_refusesHeaders_thatCouldChangeTheRequest(name: String, value: String) async throws {
        let server = try await LoopbackServer()
        let client = try client()
        let request = HTTPRequest(.get, server.http, headers: [HTTPHeader(name, secret: SecretString(value))])
        let error = await failure { try await client.send(request) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains("Evil") == false)
        #expect(server.connections == 0)
        await client.shutdown()
        await server.stop()
    }

    @Test func send_goesThroughAUnixSocket() async throws {
        let path = NSTemporaryDirectory() + "transport-\(UUID().uuidString.prefix(8)).sock"
        let server = try await LoopbackServer(unixSocketPath: path)
        let policy = EndpointPolicy(allowedHosts: ["api.example.com"])
        let client = try CurlHTTPClient(policy: policy, options: .init(unixSocketPath: path))
        #expect(try await client.send(HTTPRequest(.get, "http://localhost/status")).status == 200)
        let remote = await failure { try await client.send(HTTPRequest(.get, "https://api.example.com/")) }
        #expect(remote?.code == .invalidRequest)
        await client.shutdown()
        await server.stop()
        try? FileManager.default.removeItem(atPath: path)
    }

    @Test func send_endsAtOnce_whenTheTaskIsCancelled() async throws {
        let server = try await LoopbackServer()
        let client = try client()
        let url = server.http + "/never"
        let task = Task { try await client.send(HTTPRequest(.get, url)) }
        #expect(await eventually { server.requests == 1 })
        task.cancel()
        #expect(await failure { try await task.value }?.code == .interrupted)
        await client.shutdown()
        await server.stop()
    }

    @Test func shutdown_endsWhatIsUnderWay_andRefusesWhatComesLater() async throws {
        let server = try await LoopbackServer()
        let client = try client()
        let url = server.http + "/never"
        let task = Task { try await client.send(HTTPRequest(.get, url)) }
        #expect(await eventually { server.requests == 1 })
        await client.shutdown()
        await client.shutdown()
        #expect(await failure { try await task.value }?.code == .interrupted)
        #expect(await failure { try await client.send(HTTPRequest(.get, url)) }?.code == .interrupted)
        await server.stop()
    }
}
