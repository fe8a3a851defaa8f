import BrokerKit
import Testing
import Transport

struct LibWebSocketsConnectionTests {
    /// A server, a connector and one open stream.
    struct Rig {
        let server: LoopbackServer
        let connector: LibWebSocketsConnector
        let stream: any WebSocketConnection

        init(_ path: String = "/stream/echo", tls: Bool = false, cap: Int = 1 << 20, ping: Int = 20) async throws {
            let authority = try Authorities.known.get()
            server = try await LoopbackServer(tls: tls ? authority.serverContext(host: "localhost") : nil)
            var options = LibWebSocketsConnector.Options(caFile: authority.caFile)
            options.pingAfter = .seconds(ping)
            options.hangupAfter = .seconds(ping + 2)
            connector = try LibWebSocketsConnector(policy: EndpointPolicy(allowedHosts: []), options: options)
            var request = WebSocketRequest(url: (tls ? server.wss : server.ws) + path)
            request.maximumMessageBytes = cap
            request.maximumQueuedMessages = 32
            request.resumeAtQueuedMessages = 8
            stream = try await connector.connect(request)
        }

        func stop() async {
            await connector.shutdown()
            await server.stop()
        }
    }

    @Test(arguments: [true, false])
    func send_keepsTheOrder(tls: Bool) async throws {
        let rig = try await Rig(tls: tls)
        for index in 0..<300 { try await rig.stream.send(text: "\(index)") }
        for index in 0..<300 { #expect(try await rig.stream.receive() == .text(Array("\(index)".utf8))) }
        await rig.stream.close()
        #expect(try await rig.stream.receive() == nil)
        #expect(try await rig.stream.receiveBatch() == [])
        await rig.stop()
    }

    @Test func send_refuses_whenThePeerDoesNotTakeWhatWaits() async throws {
        let rig = try await Rig()
        let error = await failure(within: .seconds(5)) {
            try await rig.stream.send(text: String(repeating: "a", count: 9 << 20))
        }
        #expect(error?.code == .tooSlow)
        await rig.stop()
    }

    @Test func receive_putsFragmentsTogether() async throws {
        let rig = try await Rig()
        try await rig.stream.send(text: "!fragments 3")
        #expect(try await rig.stream.receive() == .text(Array("part 0;part 1;part 2;".utf8)))
        await rig.stop()
    }

    @Test(arguments: [true, false])
    func receive_takesALongMessage_whichStaysWithinTheCap(tls: Bool) async throws {
        let rig = try await Rig(tls: tls)
        try await rig.stream.send(text: "!size 1000000")
        #expect(try await rig.stream.receive() == .binary([UInt8](repeating: 0x61, count: 1_000_000)))
        await rig.stop()
    }

    @Test(arguments: ["!size 10000000", "!endless 2000"], [true, false])
    func receive_failsPromptly_whenAMessageExceedsTheCap(order: String, tls: Bool) async throws {
        let rig = try await Rig(tls: tls)
        try await rig.stream.send(text: "first")
        #expect(try await rig.stream.receive()?.bytes == Array("first".utf8))
        try await rig.stream.send(text: order)
        #expect(await failure { try await rig.stream.receive() }?.code == .messageTooBig)
        // The thread still serves: it does not spin on what TLS had decrypted.
        let other = try await rig.connector.connect(
            WebSocketRequest(url: (tls ? rig.server.wss : rig.server.ws) + "/stream/x"))
        try await other.send(text: "alive")
        #expect(try await other.receive()?.bytes == Array("alive".utf8))
        await rig.stop()
    }

    @Test(arguments: [true, false])
    func receiveBatch_losesNothing_whenTheReaderIsSlow(tls: Bool) async throws {
        let rig = try await Rig(tls: tls)
        try await rig.stream.send(text: "!burst 5000")
        try await Task.sleep(for: .milliseconds(200))
        var received: [String] = []
        var largest = 0
        while received.count < 5000 {
            let batch = try await rig.stream.receiveBatch()
            largest = max(largest, batch.count)
            received += batch.map { String(decoding: $0.bytes, as: UTF8.self) }
            await Task.yield()
        }
        #expect(received == (0..<5000).map(String.init))
        #expect(largest <= 32, "the queue is bounded, at \(largest)")
        await rig.stream.close()
        await rig.stop()
    }

    @Test func receive_ends_whenThePeerClosesRegularly() async throws {
        let rig = try await Rig()
        try await rig.stream.send(text: "last")
        try await rig.stream.send(text: "!close 1000")
        #expect(try await rig.stream.receive()?.bytes == Array("last".utf8))
        #expect(try await rig.stream.receive() == nil)
        await rig.stream.close()
        await rig.stop()
    }

    @Test(
        arguments: [("!close 1001", UInt16(1001)), ("!close 4004", 4004), ("!close 0", 1005), ("!drop", 1006)],
        [true, false])
    func receive_saysTheCloseCode(_ ending: (order: String, code: UInt16), tls: Bool) async throws {
        let rig = try await Rig(tls: tls)
        try await rig.stream.send(text: ending.order)
        let error = await failure { try await rig.stream.receive() }
        #expect(error?.code == .closed)
        #expect(error?.closeCode == ending.code)
        #expect(await failure { try await rig.stream.send(text: "late") }?.code == .closed)
        await rig.stop()
    }

    @Test func receive_fails_whenTextIsNotUTF8() async throws {
        let rig = try await Rig()
        try await rig.stream.send(text: "!badtext")
        #expect(await failure { try await rig.stream.receive() }?.code == .protocolViolation)
        await rig.stop()
    }

    @Test func receive_isIdle_whenThePeerFallsMute() async throws {
        let rig = try await Rig("/stream/mute", ping: 1)
        let error = await failure(within: .seconds(8)) { try await rig.stream.receive() }
        #expect(error?.code == .idle, "\(String(describing: error))")
        await rig.stop()
    }

    @Test func receive_goesOn_whenDataComesButNoPongs() async throws {
        let rig = try await Rig("/stream/nopong", ping: 1)
        try await rig.stream.send(text: "!feed")
        for _ in 0..<20 { #expect(try await rig.stream.receive()?.bytes == Array("tick".utf8)) }
        await rig.stop()
    }

    @Test func receive_goesOn_whenTheReaderPausedLongerThanTheIdleLimit() async throws {
        let rig = try await Rig(ping: 1)
        try await rig.stream.send(text: "!burst 5000")
        try await Task.sleep(for: .milliseconds(3600))
        var count = 0
        while count < 5000 { count += try await rig.stream.receiveBatch().count }
        #expect(count == 5000)
        await rig.stop()
    }

    @Test func receive_endsAtOnce_whenTheTaskIsCancelled_andTheStreamStaysUsable() async throws {
        let rig = try await Rig()
        let stream = rig.stream
        let task = Task { try await stream.receive() }
        await Task.yield()
        task.cancel()
        #expect(await failure { try await task.value }?.code == .interrupted)
        try await stream.send(text: "still here")
        #expect(try await stream.receive()?.bytes == Array("still here".utf8))
        await rig.stop()
    }

    @Test(arguments: ["/stream/mute", "/stream/deafclose", "/stream/echo"], [true, false])
    func close_returnsInTwoSeconds_whateverThePeerDoes(path: String, tls: Bool) async throws {
        let rig = try await Rig(path, tls: tls)
        let start = ContinuousClock.now
        await rig.stream.close()
        await rig.stream.close()
        #expect(ContinuousClock.now - start < .seconds(2))
        #expect(try await rig.stream.receive() == nil)
        await rig.stop()
    }

    @Test(arguments: ["/stream/deafclose", "/stream/echo"], [true, false])
    func close_saysGoodbye_afterWhatWasQueued(path: String, tls: Bool) async throws {
        let rig = try await Rig(path, tls: tls)
        for _ in 0..<20 { try await rig.stream.send(text: "queued") }
        await rig.stream.close()
        #expect(await eventually { rig.server.goodbyes == 1 })
        await rig.stop()
    }

    @Test func connection_isCut_whenItIsLetGo() async throws {
        let rig = try await Rig()
        _ = try await rig.connector.connect(WebSocketRequest(url: rig.server.ws + "/stream/echo"))
        #expect(await eventually { rig.server.lost == 1 })
        try await rig.stream.send(text: "still here")
        #expect(try await rig.stream.receive()?.bytes == Array("still here".utf8))
        await rig.stop()
    }

    @Test(arguments: [true, false])
    func close_returnsInTwoSeconds_whenThePeerFloodsAPausedReader(tls: Bool) async throws {
        let rig = try await Rig(tls: tls)
        try await rig.stream.send(text: "!burst 3000 2000")
        _ = try await rig.stream.receive()
        let start = ContinuousClock.now
        await rig.stream.close()
        #expect(ContinuousClock.now - start < .seconds(2))
        let other = try await rig.connector.connect(
            WebSocketRequest(url: (tls ? rig.server.wss : rig.server.ws) + "/stream/x"))
        try await other.send(text: "alive")
        #expect(try await other.receive()?.bytes == Array("alive".utf8))
        await rig.stop()
    }

    @Test func close_endsAReaderThatWaits() async throws {
        let rig = try await Rig()
        let stream = rig.stream
        let task = Task { try await stream.receive() }
        await stream.close()
        #expect(try await task.value == nil)
        await rig.stop()
    }
}
