import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import Synchronization

/// A server on an ephemeral loopback port or a Unix socket: HTTP by `PageHandler`, streams by `StreamHandler`.
struct LoopbackServer {
    /// Counts what arrived, from any thread.
    final class Counts: Sendable {
        let connections = Atomic(0)
        let requests = Atomic(0)
        /// Streams that ended, however they did.
        let lost = Atomic(0)
        /// Close frames with code 1000.
        let goodbyes = Atomic(0)
    }

    enum Kind { case http, mute }

    private let counts = Counts()
    private let listener: any Channel

    var connections: Int { counts.connections.load(ordering: .relaxed) }
    var requests: Int { counts.requests.load(ordering: .relaxed) }
    var lost: Int { counts.lost.load(ordering: .relaxed) }
    var goodbyes: Int { counts.goodbyes.load(ordering: .relaxed) }
    let port: Int
    var http: String { "http://127.0.0.1:\(port)" }
    var https: String { "https://localhost:\(port)" }
    var ws: String { "ws://127.0.0.1:\(port)" }
    var wss: String { "wss://localhost:\(port)" }

    init(_ kind: Kind = .http, tls: NIOSSLContext? = nil, unixSocketPath: String? = nil) async throws {
        let counts = counts
        let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 64)
            .childChannelOption(.allowRemoteHalfClosure, value: false)
            .childChannelInitializer { channel in
                counts.connections.add(1, ordering: .relaxed)
                return channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    if kind == .http { try Self.configure(channel, counts) }
                }
            }
        if let unixSocketPath {
            listener = try await bootstrap.bind(unixDomainSocketPath: unixSocketPath).get()
        } else {
            listener = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        }
        port = listener.localAddress?.port ?? 0
    }

    func stop() async { try? await listener.close() }

    private static func configure(_ channel: any Channel, _ counts: Counts) throws {
        let upgrader = NIOWebSocketServerUpgrader(
            maxFrameSize: 1 << 24,
            shouldUpgrade: { channel, head in
                channel.eventLoop.makeSucceededFuture(head.uri.hasPrefix("/stream/") ? HTTPHeaders() : nil)
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(StreamHandler(head, counts: counts))
                }
            })
        let pipeline = channel.pipeline.syncOperations
        try pipeline.configureHTTPServerPipeline(
            withServerUpgrade: (
                upgraders: [upgrader],
                completionHandler: { context in
                    let pipeline = context.pipeline.syncOperations
                    guard let pages = try? pipeline.context(handlerType: PageHandler.self) else { return }
                    pipeline.removeHandler(context: pages, promise: nil)
                }
            ))
        try pipeline.addHandler(PageHandler(counts: counts))
    }
}
