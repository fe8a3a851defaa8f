import BrokerKit
import CLibWebSockets

/// One connection as the service thread knows it. Only ever touched by `WebSocketService`.
final class Socket {
    enum Phase {
        /// Until the handshake is done. Exits: open, ended.
        case connecting(CheckedContinuation<Void, any Error>)
        /// Exits: closing, ended.
        case open
        /// Our goodbye is being said. Exits: ended.
        case closing
        /// The reader knows how it ended; libwebsockets may still hold the socket for a while.
        case ended
    }

    var phase: Phase
    let mailbox: Mailbox
    let headers: [(name: String, value: String)]
    let authority: String
    /// Valid until libwebsockets says that it destroys it.
    var wsi: OpaquePointer?
    var assembler: MessageAssembler
    var sending = SendQueue(headroom: Int(clws_pre))
    var health: SocketHealth
    var upgradeStatus: Int?
    /// Our close frame is on its way; the peer's is awaited.
    var saidGoodbye = false
    /// Callers of `close()`, answered when the socket is gone.
    var closers: [CheckedContinuation<Void, Never>] = []

    init(_ target: WebSocketTarget, mailbox: Mailbox, reply: CheckedContinuation<Void, any Error>) {
        phase = .connecting(reply)
        self.mailbox = mailbox
        headers = target.headers
        authority = target.endpoint.authority
        assembler = MessageAssembler(maximumBytes: target.maximumMessageBytes)
        health = SocketHealth(now: .now)
    }

    var isConnecting: Bool { if case .connecting = phase { true } else { false } }

    /// Tells whoever waits how it ended: the caller of `connect` or the reader. Later ends change nothing.
    func finish(_ end: StreamEnd) {
        switch phase {
        case .connecting(let reply):
            phase = .ended
            let unexpected = TransportError(.connectFailed, "\(authority): the connection ended before it was open")
            if case .failed(let error) = end {
                reply.resume(throwing: error)
            } else {
                reply.resume(throwing: unexpected)
            }
        case .open, .closing:
            phase = .ended
        case .ended:
            break
        }
        mailbox.finish(end)
        sending.removeAll()
    }
}
