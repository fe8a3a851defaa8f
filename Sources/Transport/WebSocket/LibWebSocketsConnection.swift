import BrokerKit

/// A reader's and sender's end of one stream. Letting it go without `close()` cuts the socket.
final class LibWebSocketsConnection: WebSocketConnection {
    private let number: UInt
    private let service: WebSocketService
    private let mailbox: Mailbox

    init(number: UInt, service: WebSocketService, mailbox: Mailbox) {
        self.number = number
        self.service = service
        self.mailbox = mailbox
    }

    deinit {
        Task { [service, number] in await service.abandon(number) }
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
