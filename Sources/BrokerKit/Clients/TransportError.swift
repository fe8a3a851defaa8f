/// Why bytes could not be exchanged. Never carries a body, a token or a full URL with its query.
package struct TransportError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// A host or scheme the rules do not allow: plaintext to a remote host, or a host outside the allow-list.
        case refusedByPolicy
        case invalidRequest
        case nameNotResolved
        case connectFailed
        case tlsFailed
        case timedOut
        case tooSlow
        case bodyTooLarge
        case messageTooBig
        /// The stream ended; `closeCode` says how (1006 when no close frame came).
        case closed
        /// Nothing heard for longer than the idle limit, or pings unanswered.
        case idle
        case protocolViolation
        case interrupted
    }

    package var code: Code
    package var message: String
    /// RFC 6455 close code for `.closed`, else nil.
    package var closeCode: UInt16?
    /// HTTP status of a refused WebSocket upgrade, where the peer sent one.
    package var upgradeStatus: Int?

    package init(_ code: Code, _ message: String, closeCode: UInt16? = nil, upgradeStatus: Int? = nil) {
        self.code = code
        self.message = message
        self.closeCode = closeCode
        self.upgradeStatus = upgradeStatus
    }

    package var description: String {
        let close = closeCode.map { " (close code \($0))" } ?? ""
        return "\(code.rawValue): \(message)\(close)"
    }
}
