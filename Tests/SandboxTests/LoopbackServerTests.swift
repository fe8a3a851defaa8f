import Foundation
import NIOSSL
import Sandbox
import Testing

struct LoopbackServerTests {
    private func echo() async throws -> LoopbackServer {
        try await LoopbackServer.start(
            handlers: .init(
                request: { .json(["method": .string($0.method), "bytes": .int($0.body.count)]) },
                acceptsUpgrade: { $0.rawPath != "/refused" },
                socket: { socket in
                    for await text in socket.messages { socket.send(text) }
                }))
    }

    @Test func request_isAnswered_withItsBody() async throws {
        let server = try await echo()
        let answer = try await RawHTTP.send("POST", "/x", port: server.port, body: "hello")
        #expect(answer.status == 200)
        #expect(answer.body?["bytes"]?.integer == 5)
        await server.stop()
    }

    @Test func request_getsTooLarge_overTheBound() async throws {
        let server = try await echo()
        let body = String(repeating: "a", count: LoopbackServer.maxBodyBytes + 1)
        #expect(try await RawHTTP.send("POST", "/", port: server.port, body: body).status == 413)
        await server.stop()
    }

    @Test func socket_echoes_andDropEndsIt() async throws {
        let server = try await echo()
        let socket = try await RawSocket.connect(port: server.port)
        socket.send(["type": "A"])
        #expect(try await socket.message("A") == ["type": "A"])
        server.dropAll()
        await #expect(throws: RawSocket.NothingCame.self) { try await socket.next() }
        await server.stop()
    }

    @Test func socket_isMuteYetOpen_whenStalled() async throws {
        let server = try await echo()
        let socket = try await RawSocket.connect(port: server.port)
        server.stallAll()
        socket.send(["type": "A"])
        await #expect(throws: RawSocket.NothingCame.self) { try await socket.next(within: .milliseconds(200)) }
        #expect(server.openConnections == 1)
        await server.stop()
    }

    @Test func upgrade_isAnsweredAsRequest_whenRefused() async throws {
        let server = try await echo()
        await #expect(throws: (any Error).self) { try await RawSocket.connect(port: server.port, path: "/refused") }
        await server.stop()
    }

    @Test func tls_isTrusted_byItsOwnAuthorityOnly() async throws {
        let directory = NSTemporaryDirectory() + "sandbox-\(UUID().uuidString)"
        let certificate = try SandboxCertificate.make(in: directory, now: Date())
        let server = try await LoopbackServer.start(
            handlers: .init(request: { _ in .json(["ok": true]) }), certificate: certificate)
        var trusting = TLSConfiguration.makeClientConfiguration()
        trusting.trustRoots = .file(certificate.authorityFile)
        let known = try NIOSSLContext(configuration: trusting)
        let stranger = try NIOSSLContext(configuration: .makeClientConfiguration())
        #expect(try await RawHTTP.send("GET", "/", port: server.port, tls: known).status == 200)
        let refused = try? await RawHTTP.send("GET", "/", port: server.port, tls: stranger)
        #expect(refused?.status != 200)
        await server.stop()
        try? FileManager.default.removeItem(atPath: directory)
    }
}
