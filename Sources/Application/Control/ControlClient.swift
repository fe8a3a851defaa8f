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

    /// One request, one answer. Throws `CommandError` `.unavailable` when nobody answers, or not within `patience`,
    /// without which it is the request's.
    package func ask(_ request: ControlRequest, patience: Duration? = nil) async throws -> ControlResponse {
        let patience = patience ?? request.patience
        try SocketPath.check(path)
        let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do { channel = try await connect() } catch {
            throw CommandError(
                "service-not-running", "no service answers on its control socket", file: path,
                fix: "start the service", exit: .unavailable)
        }
        let limit = channel.channel.eventLoop.scheduleTask(in: TimeAmount(patience)) {
            channel.channel.close(promise: nil)
        }
        defer { limit.cancel() }
        let question = ByteBuffer(bytes: try JSONEncoder().encode(request))
        let answer: ByteBuffer?
        do {
            answer = try await channel.executeThenClose { responses, requests in
                try await requests.write(question)
                return try await responses.first { _ in true }
            }
        } catch is IOError, is ChannelError {
            // Reset, broken or closed under the question: a service that was killed says no more than one that closed.
            answer = nil
        }
        guard let answer else {
            limit.cancel()
            // It was cancelled too late where it has a result.
            if (try? await limit.futureResult.get()) != nil { throw silent(patience, request) }
            throw CommandError(
                "service-gone", "the service ended before it answered", file: path,
                fix: "look at its log; what it acknowledged is kept", exit: .unavailable)
        }
        return try JSONDecoder().decode(ControlResponse.self, from: Data(answer.readableBytesView))
    }

    /// A service that stands still accepts connections: the kernel does it for it.
    private func silent(_ patience: Duration, _ request: ControlRequest) -> CommandError {
        let doubt = "; whether it did what was asked is not known: ask again, nothing doubles"
        return CommandError(
            "service-silent",
            "the service has not answered within \(patience.components.seconds) s"
                + (request.changesNothing ? "" : doubt), file: path,
            fix: "see whether it is stopped or very busy, and restart it if it stands still", exit: .unavailable)
    }

    private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .connectTimeout(.seconds(5))
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture { try ControlServer.wrap(channel) }
            }
    }
}
