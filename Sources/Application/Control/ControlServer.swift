import Foundation
import Logging
import NIOCore
import NIOPosix

/// The service's ear: a unix-domain socket of mode 0600 in a directory of mode 0700, for processes of the same user.
struct ControlServer: Sendable {
    private let path: String
    private let logger: Logger
    private let answer: @Sendable (ControlRequest) async -> ControlResponse

    init(
        path: String, logger: Logger, answer: @escaping @Sendable (ControlRequest) async -> ControlResponse
    ) {
        self.path = path
        self.logger = logger
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
            try await client.executeThenClose { requests, responses in
                for try await line in requests {
                    let response = await respond(to: line)
                    try await responses.write(ByteBuffer(bytes: try JSONEncoder().encode(response)))
                }
            }
        } catch is CancellationError {
            return
        } catch {
            logger.debug("a control connection ended", metadata: ["error": "\(error)"])
        }
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
