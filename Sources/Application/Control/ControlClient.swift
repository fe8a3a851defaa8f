import Foundation
import NIOCore
import NIOPosix

/// The CLI's voice: asks a running service over its socket.
package struct ControlClient: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// Whether a service accepts connections there.
    package func isServiceRunning() async -> Bool {
        guard access(path, F_OK) == 0 else { return false }
        do {
            let channel = try await connect()
            try await channel.channel.close()
            return true
        } catch {
            return false
        }
    }

    /// One request, one answer. Throws `CommandError` `.unavailable` when nobody answers.
    package func ask(_ request: ControlRequest) async throws -> ControlResponse {
        try SocketPath.check(path)
        let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do { channel = try await connect() } catch {
            throw CommandError(
                "service-not-running", "no service answers on its control socket", file: path,
                fix: "start it with: tributary run", exit: .unavailable)
        }
        let answer = try await channel.executeThenClose { responses, requests -> ByteBuffer? in
            try await requests.write(ByteBuffer(bytes: try JSONEncoder().encode(request)))
            return try await responses.first { _ in true }
        }
        guard let answer else {
            throw CommandError(
                "service-gone", "the service ended before it answered", file: path,
                fix: "look at its log; what it acknowledged is kept", exit: .unavailable)
        }
        return try JSONDecoder().decode(ControlResponse.self, from: Data(answer.readableBytesView))
    }

    private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .connectTimeout(.seconds(5))
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture { try ControlServer.wrap(channel) }
            }
    }
}
