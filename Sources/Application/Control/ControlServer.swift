import Foundation
import Logging
import NIOCore
import NIOPosix

/// The service's ear: a unix-domain socket of mode 0600 in a directory of mode 0700, for processes of the same user.
struct ControlServer: Sendable {
    private let path: String
    private let logger: Logger
    /// A client that does not take its answer for so long is cut off.
    private let patience: TimeAmount
    private let answer: @Sendable (ControlRequest) async -> ControlResponse

    init(
        path: String, logger: Logger, patience: TimeAmount = .seconds(30),
        answer: @escaping @Sendable (ControlRequest) async -> ControlResponse
    ) {
        self.path = path
        self.logger = logger
        self.patience = patience
        self.answer = answer
    }

    /// Serves until cancelled. `ready` is called once the socket accepts.
    func run(ready: @Sendable () -> Void = {}) async throws {
        try SocketPath.prepare(path)
        let server = try await ServerBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .serverChannelOption(.backlog, value: 64)
            .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
                channel.eventLoop.makeCompletedFuture { try Self.wrap(channel) }
            }
        chmod(path, 0o600)
        ready()
        defer { unlink(path) }
        try await withTaskCancellationHandler {
            try await withThrowingDiscardingTaskGroup { group in
                try await server.executeThenClose { clients in
                    for try await client in clients {
                        group.addTask { await serve(client) }
                    }
                }
                group.cancelAll()
            }
        } onCancel: {
            server.channel.close(promise: nil)
        }
    }

    static func wrap(_ channel: any Channel) throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try channel.pipeline.syncOperations.addHandler(
            ByteToMessageHandler(LineDecoder(), maximumBufferSize: LineDecoder.maximumLineBytes))
        try channel.pipeline.syncOperations.addHandler(MessageToByteHandler(LineEncoder()))
        return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
    }

    private func serve(_ client: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
        do {
            let peer = try await PeerCredentials.userID(of: client.channel)
            guard peer == getuid() else {
                logger.warning("a process of another user was refused", metadata: ["uid": "\(peer)"])
                try? await client.channel.close()
                return
            }
            try await client.executeThenClose { requests, _ in
                for try await line in requests {
                    try await send(await respond(to: line), to: client.channel)
                }
            }
        } catch is CancellationError {
            return
        } catch {
            logger.debug("a control connection ended", metadata: ["error": "\(error)"])
        }
    }

    /// Returns when the kernel has taken the whole answer, so that a client holds one answer at a time and no more.
    private func send(_ response: ControlResponse, to channel: any Channel) async throws {
        let bytes = ByteBuffer(bytes: try JSONEncoder().encode(response))
        let limit = channel.eventLoop.scheduleTask(in: patience) { [logger] in
            logger.warning("a control client that takes no answer was cut off")
            channel.close(promise: nil)
        }
        defer { limit.cancel() }
        try await channel.writeAndFlush(bytes)
    }

    private func respond(to line: ByteBuffer) async -> ControlResponse {
        do {
            let request = try JSONDecoder().decode(ControlRequest.self, from: Data(line.readableBytesView))
            guard request.version == 1 else {
                return .failed(
                    CommandError(
                        "protocol-version", "the command speaks a newer protocol than the service",
                        fix: "restart the service with the version of the command"))
            }
            return await answer(request)
        } catch {
            return .failed(
                CommandError(
                    "bad-request", "the service does not understand the command", fix: "use one version of both"))
        }
    }
}

extension ControlResponse {
    package static func failed(_ error: CommandError) -> ControlResponse {
        var response = ControlResponse()
        response.error = error
        response.exitStatus = error.exitStatus
        return response
    }
}
