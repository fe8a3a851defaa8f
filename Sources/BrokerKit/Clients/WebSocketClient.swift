/// Where a stream is to be opened and within which bounds.
package struct WebSocketRequest: Sendable {
    /// Absolute URL with scheme `wss`, or `ws` for loopback hosts only.
    package var url: String
    package var headers: [HTTPHeader]
    /// Largest reassembled message in bytes; a larger one ends the connection with `messageTooBig`.
    package var maximumMessageBytes = 4 << 20
    /// Received messages held for a slow reader; at this bound the socket is no longer read.
    package var maximumQueuedMessages = 256
    /// Reading starts again when the queue has fallen to this many.
    package var resumeAtQueuedMessages = 64

    package init(url: String, headers: [HTTPHeader] = []) {
        self.url = url
        self.headers = headers
    }
}

/// One complete, reassembled WebSocket message.
package enum WebSocketMessage: Sendable, Equatable {
    case text([UInt8])
    case binary([UInt8])

    package var bytes: [UInt8] {
        switch self {
        case .text(let bytes), .binary(let bytes): bytes
        }
    }
}

/// An open stream. `receive()` has one consumer at a time.
package protocol WebSocketConnection: Sendable {
    /// Queues one text message; throws `TransportError.closed` when the stream has ended.
    func send(text: String) async throws
    /// The next message, `nil` after a regular close (1000) by the peer or by `close()`, an error otherwise.
    func receive() async throws -> WebSocketMessage?
    /// Everything queued, in order, after waiting for at least one; empty after a regular close.
    func receiveBatch() async throws -> [WebSocketMessage]
    /// Says goodbye with code 1000 and releases the socket. Idempotent.
    func close() async
}

/// The port through which a broker opens streams. Throws `TransportError`.
package protocol WebSocketConnector: Sendable {
    func connect(_ request: WebSocketRequest) async throws -> any WebSocketConnection
    /// Returns when whatever serves the streams has come round. While that stands still (a name lookup that is not
    /// answered), so does this.
    func awaitTurn() async
}
