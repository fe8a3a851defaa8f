import BrokerKit

/// A reader's and sender's end of one stream. Letting it go without `close()` cuts the socket.
final class LibWebSocketsConnection: WebSocketConnection {
    private let number: UInt
    /// Held so that a stream lives on when its connector is let go.
    private let connector: LibWebSocketsConnector
    private let mailbox: Mailbox

    private var service: WebSocketService { connector.service }

    init(number: UInt, connector: LibWebSocketsConnector, mailbox: Mailbox) {
        self.number = number
        self.connector = connector
        self.mailbox = mailbox
    }

    deinit {
        Task { [service = connector.service, number] in await service.abandon(number) }
    }

    /// Throws `.closed` when the stream has ended and `.tooSlow` when the peer has not taken the bounded queue.
    func send(text: String) async throws { try await service.send(number, text) }

    func receive() async throws -> WebSocketMessage? {
        let (messages, resumesReading) = try await mailbox.next(all: false)
        if resumesReading { await service.resumeReading(number) }
        return messages.first
    }

    func receiveBatch() async throws -> [WebSocketMessage] {
        let (messages, resumesReading) = try await mailbox.next(all: true)
        if resumesReading { await service.resumeReading(number) }
        return messages
    }

    func close() async { await service.close(number) }
}
