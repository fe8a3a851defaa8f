import BrokerKit

/// What a mailbox decides: received messages in order, bounds in messages and bytes, and how the stream ended.
struct MailboxState: Sendable {
    struct Bounds: Sendable {
        /// At this many messages or bytes the socket is no longer read.
        var highMessages: Int
        var highBytes: Int
        /// Reading starts again when the queue has fallen to these.
        var lowMessages: Int
        var lowBytes: Int
    }

    struct Pushed: Equatable {
        var wakesReader: Bool
        var pausesReading: Bool
    }

    enum Taken: Equatable {
        case messages([WebSocketMessage], resumesReading: Bool)
        case ended(StreamEnd)
        case nothingYet
    }

    private let bounds: Bounds
    /// Newest last; refilled by the socket.
    private var arrived: [WebSocketMessage] = []
    /// Oldest last; what a reader takes one by one.
    private var leaving: [WebSocketMessage] = []
    private var bytes = 0
    private var end: StreamEnd?
    private(set) var isPaused = false
    var waiter: CheckedContinuation<Void, Never>?

    init(bounds: Bounds) { self.bounds = bounds }

    var count: Int { arrived.count + leaving.count }
    var hasNews: Bool { count > 0 || end != nil }

    mutating func push(_ message: WebSocketMessage) -> Pushed {
        guard end == nil else { return Pushed(wakesReader: false, pausesReading: false) }
        arrived.append(message)
        bytes += message.bytes.count
        let isFull = count >= bounds.highMessages || bytes >= bounds.highBytes
        let pauses = isFull && !isPaused
        if pauses { isPaused = true }
        return Pushed(wakesReader: waiter != nil, pausesReading: pauses)
    }

    /// The first end stands; what comes later is its consequence.
    mutating func finish(_ end: StreamEnd) {
        if self.end == nil { self.end = end }
    }

    /// Our own close: the reader gets no message any more.
    mutating func abandon() {
        arrived = []
        leaving = []
        bytes = 0
        end = .regular
    }

    mutating func takeAll() -> Taken {
        guard count > 0 else { return end.map(Taken.ended) ?? .nothingYet }
        let all: [WebSocketMessage]
        if leaving.isEmpty {
            all = arrived
        } else {
            all = leaving.reversed() + arrived
            leaving = []
        }
        arrived = []
        bytes = 0
        return .messages(all, resumesReading: resume())
    }

    mutating func takeOne() -> Taken {
        if leaving.isEmpty {
            leaving = arrived.reversed()
            arrived = []
        }
        guard let message = leaving.popLast() else { return end.map(Taken.ended) ?? .nothingYet }
        bytes -= message.bytes.count
        return .messages([message], resumesReading: resume())
    }

    private mutating func resume() -> Bool {
        guard isPaused, count <= bounds.lowMessages, bytes <= bounds.lowBytes else { return false }
        isPaused = false
        return true
    }
}
