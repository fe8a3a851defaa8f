import BrokerKit

/// Puts fragments together to messages, within a limit that is tested before anything is stored.
struct MessageAssembler {
    /// One piece as libwebsockets hands it over: a part of a frame, the frame a part of a message.
    struct Piece {
        var isFirst: Bool
        var isLast: Bool
        var isBinary: Bool
        /// Bytes of the same frame still to come; announced by the peer, so known before they arrive.
        var remaining: Int
    }

    enum Outcome: Equatable {
        case incomplete
        case complete(WebSocketMessage)
        case refused(TransportError)
    }

    private let maximumBytes: Int
    private var partial: [UInt8] = []
    private var isBinary = false

    init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    mutating func append(_ bytes: UnsafeRawBufferPointer, _ piece: Piece) -> Outcome {
        if piece.isFirst {
            partial = []
            isBinary = piece.isBinary
        }
        let room = maximumBytes - partial.count
        guard bytes.count <= room, piece.remaining <= room - bytes.count else {
            partial = []
            return .refused(TransportError(.messageTooBig, "a message exceeds \(maximumBytes) bytes"))
        }
        partial.append(contentsOf: bytes)
        guard piece.isLast else { return .incomplete }
        let whole = partial
        partial = []
        if isBinary { return .complete(.binary(whole)) }
        guard (try? UTF8Span(validating: whole.span)) != nil else {
            return .refused(TransportError(.protocolViolation, "a text message is not valid UTF-8"))
        }
        return .complete(.text(whole))
    }
}
