import BrokerKit
import Foundation
import Testing

@testable import Transport

extension WebSocketService {
    /// Holds the loop's thread, as a slow name lookup does.
    fileprivate func stall(for seconds: Int32) { _ = poll(nil, 0, seconds * 1000) }
}

@Suite(.timeLimit(.minutes(3)))
struct StallTests {
    private func connector() throws -> LibWebSocketsConnector {
        try LibWebSocketsConnector(policy: EndpointPolicy(allowedHosts: []))
    }

    @Test func stalledConnector_leavesTheOthersAlone() async throws {
        let server = try await LoopbackServer()
        let (slow, quick) = (try connector(), try connector())
        let request = WebSocketRequest(url: server.ws + "/stream/echo")
        let (stuck, stream) = (try await slow.connect(request), try await quick.connect(request))
        let clock = ContinuousClock()
        let started = clock.now
        let stall = Task { await slow.service.stall(for: 3) }
        var echoes = 0
        while clock.now - started < .seconds(2) {
            try await stream.send(text: "hello")
            #expect(try await stream.receive()?.bytes == Array("hello".utf8))
            echoes += 1
        }
        #expect(echoes >= 20, "\(echoes) echoes while the other connector stood still")
        await stall.value
        #expect(clock.now - started >= .seconds(3))
        try await stuck.send(text: "again")
        #expect(try await stuck.receive()?.bytes == Array("again".utf8), "it goes on afterwards")
        print("row 54: \(echoes) echoes in 2 s on one connector while another stood still")
        await slow.shutdown()
        await quick.shutdown()
        await server.stop()
    }

    @Test func turn_comesOnlyAfterTheStall() async throws {
        let connector = try connector()
        await connector.awaitTurn()
        let started = ContinuousClock.now
        let stall = Task { await connector.service.stall(for: 1) }
        try await Task.sleep(for: .milliseconds(200))
        await connector.awaitTurn()
        #expect(ContinuousClock.now - started >= .milliseconds(900))
        await stall.value
        await connector.shutdown()
    }
}
