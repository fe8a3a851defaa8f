import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Sandbox

/// A WebSocket client on bare NIO frames, for handshakes as a client sees them.
struct RawSocket: Sendable {
    struct NotUpgraded: Error {}
    struct NothingCame: Error {}

    enum Received: Sendable, Equatable {
        case text(SandboxJSON)
        case closed(UInt16)
    }

    private let channel: any Channel
    private let frames: AsyncStream<Received>

    static func connect(port: Int, path: String = "/") async throws -> RawSocket {
        let (frames, continuation) = AsyncStream.makeStream(of: Received.self, bufferingPolicy: .bufferingOldest(4096))
        let upgraded = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Void.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                let upgrader = NIOWebSocketClientUpgrader(
                    upgradePipelineHandler: { channel, _ in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(Receiver(frames: continuation))
                            upgraded.succeed()
                        }
                    })
                channel.closeFuture.whenComplete { _ in upgraded.fail(NotUpgraded()) }
                return channel.pipeline.addHTTPClientHandlers(
                    withClientUpgrade: (upgraders: [upgrader], completionHandler: { _ in }))
            }
            .connect(host: "127.0.0.1", port: port).get()
        let head = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: path,
            headers: ["Host": "127.0.0.1:\(port)", "Content-Length": "0"])
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        try await channel.writeAndFlush(HTTPClientRequestPart.end(nil)).get()
        try await upgraded.futureResult.get()
        return RawSocket(channel: channel, frames: frames)
    }

    func send(_ value: SandboxJSON) { send(text: value.rendered) }

    func send(text: String) {
        let frame = WebSocketFrame(fin: true, opcode: .text, maskKey: .random(), data: ByteBuffer(string: text))
        channel.writeAndFlush(frame, promise: nil)
    }

    func close() async { try? await channel.close().get() }

    /// The next frame that satisfies a condition, skipping others, within a bound of wall time.
    func next(
        within limit: Duration = .seconds(5), where isWanted: @escaping @Sendable (Received) -> Bool = { _ in true }
    ) async throws -> Received {
        try await withThrowingTaskGroup(of: Received?.self) { group in
            group.addTask { await frames.first(where: isWanted) }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            guard let first else { throw NothingCame() }
            return first
        }
    }

    /// The next text of a DXLink type.
    func message(_ type: String, within limit: Duration = .seconds(5)) async throws -> SandboxJSON {
        let received = try await next(within: limit) {
            if case .text(let value) = $0 { value["type"]?.text == type } else { false }
        }
        guard case .text(let value) = received else { throw NothingCame() }
        return value
    }

    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = WebSocketFrame
        private let frames: AsyncStream<Received>.Continuation

        init(frames: AsyncStream<Received>.Continuation) { self.frames = frames }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var frame = unwrapInboundIn(data)
            switch frame.opcode {
            case .text:
                frames.yield(.text(SandboxJSON.parse(frame.unmaskedData.readableBytesView) ?? .null))
            case .connectionClose: frames.yield(.closed(frame.data.readInteger() ?? 1005))
            default: break
            }
        }

        func channelInactive(context: ChannelHandlerContext) { frames.finish() }
    }
}
