package import BrokerKit
import Foundation
import NIOConcurrencyHelpers

/// Streams over libwebsockets: TLS 1.2 or later with host check, no compression, bounded queues, pings. One context and
/// one thread per instance, and name lookups block that thread: give each broker a connector of its own.
///
/// Task cancellation ends `connect` and `receive` with `TransportError.interrupted`, as does `shutdown()`.
package final class LibWebSocketsConnector: WebSocketConnector {
    /// Idle limits count whole seconds, rounded up.
    package struct Options: Sendable {
        /// PEM file of the only authorities to trust; `nil` trusts those of the system.
        package var caFile: String?
        /// A peer silent for this long is pinged.
        package var pingAfter: Duration = .seconds(20)
        /// A peer silent for this long is given up with `.idle`; must exceed `pingAfter`.
        package var hangupAfter: Duration = .seconds(30)
        /// From the call of `connect` to the end of the handshake, name lookup excepted.
        package var connectTimeout: Duration = .seconds(5)

        package init(caFile: String? = nil) { self.caFile = caFile }
    }

    private let policy: EndpointPolicy
    let service: WebSocketService
    private let lastNumber = NIOLockedValueBox<UInt>(0)

    /// Throws `TransportError` `.invalidRequest` for limits that make no sense or a file that cannot be read.
    package init(policy: EndpointPolicy, options: Options = Options()) throws {
        let ping = UInt16(clamping: options.pingAfter.atLeastOneSecond)
        let hangup = UInt16(clamping: options.hangupAfter.atLeastOneSecond)
        guard ping < hangup else {
            throw TransportError(.invalidRequest, "hangupAfter (\(hangup) s) must exceed pingAfter (\(ping) s)")
        }
        if let caFile = options.caFile, !FileManager.default.isReadableFile(atPath: caFile) {
            throw TransportError(.invalidRequest, "the file of authorities \(caFile) cannot be read")
        }
        IgnoredSignals.install()
        self.policy = policy
        let settings = ServiceContext.Settings(
            caFile: options.caFile, pingAfter: ping, hangupAfter: hangup,
            connectTimeout: UInt32(clamping: options.connectTimeout.atLeastOneSecond))
        service = WebSocketService(settings, connectTimeout: options.connectTimeout)
    }

    deinit { service.loop.stop() }

    package func connect(_ request: WebSocketRequest) async throws -> any WebSocketConnection {
        let target = try WebSocketTarget(request, policy: policy)
        let mailbox = Mailbox(bounds: target.bounds)
        let number = lastNumber.withLockedValue { last in
            last += 1
            return last
        }
        try await withTaskCancellationHandler {
            try await service.open(number, target, mailbox)
        } onCancel: {
            Task { [service] in await service.abandon(number) }
        }
        return LibWebSocketsConnection(number: number, connector: self, mailbox: mailbox)
    }

    package func awaitTurn() async { await service.turn() }

    /// Ends every stream and returns when the thread is gone. Idempotent; a later `connect` throws `.interrupted`.
    package func shutdown() async { await service.loop.shutdown() }
}
