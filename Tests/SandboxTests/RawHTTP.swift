import NIOCore
import NIOPosix
import NIOSSL
import Sandbox

/// One HTTP exchange written by hand: a request on a fresh connection, everything that comes back until it closes.
enum RawHTTP {
    struct Answer: Sendable {
        var status: Int
        var body: SandboxJSON?
        var text: String
    }

    static func send(
        _ method: String, _ target: String, port: Int, headers: [(String, String)] = [], body: String = "",
        tls: NIOSSLContext? = nil
    ) async throws -> Answer {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
        lines += headers.map { "\($0.0): \($0.1)" } + ["Content-Length: \(body.utf8.count)", "", body]
        let request = lines.joined(separator: "\r\n")
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let text = try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var received = ByteBuffer()
            do {
                for try await part in inbound { received.writeImmutableBuffer(part) }
            } catch is NIOSSLError {
                // An unclean TLS end after the whole answer is the server's right.
            }
            return String(buffer: received)
        }
        let pieces = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let payload = pieces.count == 2 ? String(pieces[1]) : ""
        return Answer(status: status, body: SandboxJSON.parse(payload.utf8), text: payload)
    }
}
