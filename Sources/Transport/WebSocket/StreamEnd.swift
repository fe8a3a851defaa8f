import BrokerKit

/// How a stream ended, as its reader is to learn it after the last message.
enum StreamEnd: Sendable, Equatable {
    /// A close with code 1000 by the peer, or our own.
    case regular
    case failed(TransportError)

    /// What a close frame says. A frame without a code counts as 1005 (RFC 6455, section 7.1.5).
    static func closedByPeer(code: UInt16?) -> StreamEnd {
        switch code {
        case 1000: .regular
        case let code: .failed(TransportError(.closed, "the peer closed the stream", closeCode: code ?? 1005))
        }
    }

    /// The socket is gone and no close frame came (1006), or the peer was silent past the limit.
    static func lost(silence: Duration, limit: Duration) -> StreamEnd {
        // The hang-up timer starts anew at most every `SocketHealth.confirmEvery`, so it may fire that much early.
        if silence + SocketHealth.confirmEvery >= limit {
            return .failed(TransportError(.idle, "nothing heard for \(limit.components.seconds) s, pings included"))
        }
        return .failed(TransportError(.closed, "the connection was lost without a close frame", closeCode: 1006))
    }
}
