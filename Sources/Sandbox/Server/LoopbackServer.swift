import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// A small HTTP/1.1 and WebSocket server on an ephemeral port of 127.0.0.1, with the faults that tests need.
///
/// Requests are answered in order per connection; bodies over `maxBodyBytes` get 413. Frames over `maxFrameBytes` end
/// the socket with 1009. A socket's handler runs until it returns; then the socket is closed.
package final class LoopbackServer: Sendable {
    package typealias RequestHandler = @Sendable (SandboxRequest) async -> SandboxResponse
    /// Whether to upgrade; a refused upgrade is answered by the request handler.
    package typealias UpgradeDecision = @Sendable (SandboxRequest) -> Bool
    package typealias SocketHandler = @Sendable (LoopbackSocket) async -> Void

    package struct Handlers: Sendable {
        package var request: RequestHandler
        package var acceptsUpgrade: UpgradeDecision
        package var socket: SocketHandler?

        package init(
            request: @escaping RequestHandler, acceptsUpgrade: @escaping UpgradeDecision = { _ in true },
            socket: SocketHandler? = nil
        ) {
            self.request = request
            self.acceptsUpgrade = acceptsUpgrade
            self.socket = socket
        }
    }

    package static let maxBodyBytes = 1 << 20
    package static let maxFrameBytes = 4 << 20

    package let port: Int
    private let isTLS: Bool
    private let listener: any Channel
    private let connections: ConnectionTable

    private init(listener: any Channel, port: Int, isTLS: Bool, connections: ConnectionTable) {
        self.listener = listener
        self.port = port
        self.isTLS = isTLS
        self.connections = connections
    }

    /// Binds and starts to serve.
    package static func start(
        handlers: Handlers, certificate: SandboxCertificate? = nil
    ) async throws -> LoopbackServer {
        let connections = ConnectionTable()
        let tls = try certificate.map { try NIOSSLContext(configuration: $0.serverConfiguration()) }
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 128)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try configure(channel, handlers: handlers, tls: tls, connections: connections)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return LoopbackServer(
            listener: listener, port: listener.localAddress?.port ?? 0, isTLS: tls != nil, connections: connections)
    }

    /// `http://127.0.0.1:port`, or https.
    package var httpURL: String { "\(isTLS ? "https" : "http")://127.0.0.1:\(port)" }
    /// `ws://127.0.0.1:port`, or wss.
    package var webSocketURL: String { "\(isTLS ? "wss" : "ws")://127.0.0.1:\(port)" }

    /// Closes every open connection.
    package func dropAll() { connections.dropAll() }

    /// Mutes every open connection: nothing is read or written any more, and nothing is closed.
    package func stallAll() { connections.stallAll() }

    package var openConnections: Int { connections.count }
    package var acceptedConnections: Int { connections.total }

    package func stop() async {
        try? await listener.close().get()
        connections.dropAll()
    }

    private static func configure(
        _ channel: any Channel, handlers: Handlers, tls: NIOSSLContext?, connections: ConnectionTable
    ) throws {
        let gate = NIOLockedValueBox(false)
        connections.insert(channel, gate: gate)
        let sync = channel.pipeline.syncOperations
        try sync.addHandler(StallGate(isStalled: gate))
        if let tls { try sync.addHandler(NIOSSLServerHandler(context: tls)) }
        let http = LoopbackHTTPHandler(handler: handlers.request)
        guard let socketHandler = handlers.socket else {
            try sync.configureHTTPServerPipeline()
            try sync.addHandler(http)
            return
        }
        let upgrader = NIOWebSocketServerUpgrader(
            maxFrameSize: maxFrameBytes,
            shouldUpgrade: { channel, head in
                let request = SandboxRequest(
                    method: head.method.rawValue, target: head.uri, headers: head.headers.map { ($0.name, $0.value) })
                return channel.eventLoop.makeSucceededFuture(handlers.acceptsUpgrade(request) ? HTTPHeaders() : nil)
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    try LoopbackSocket.install(on: channel, path: head.uri, handler: socketHandler)
                }
            })
        let httpBound = NIOLoopBound(http, eventLoop: channel.eventLoop)
        try sync.configureHTTPServerPipeline(
            withServerUpgrade: (
                upgraders: [upgrader],
                completionHandler: { context in
                    context.pipeline.syncOperations.removeHandler(httpBound.value, promise: nil)
                }
            ))
        try sync.addHandler(http)
    }
}
