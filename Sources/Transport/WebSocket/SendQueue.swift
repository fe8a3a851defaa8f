import BrokerKit

/// Text messages that wait for the socket, in order. Bounded: a full queue refuses, it never drops or grows.
struct SendQueue {
    static let maximumMessages = 1024
    static let maximumBytes = 8 << 20

    /// Bytes that libwebsockets needs free before each payload.
    private let headroom: Int
    private var waiting: [[UInt8]] = []
    /// The first message of `waiting` not yet taken.
    private var head = 0
    private var bytes = 0

    init(headroom: Int) { self.headroom = headroom }

    var isEmpty: Bool { head == waiting.count }

    mutating func append(_ text: String) throws(TransportError) {
        let size = text.utf8.count
        guard waiting.count - head < Self.maximumMessages, size <= Self.maximumBytes - bytes else {
            throw TransportError(
                .tooSlow,
                "the peer does not read: \(waiting.count - head) messages of \(bytes) bytes wait to be sent")
        }
        var padded = [UInt8](repeating: 0, count: headroom)
        padded.reserveCapacity(headroom + size)
        padded.append(contentsOf: text.utf8)
        waiting.append(padded)
        bytes += size
    }

    /// The next message with its headroom in front.
    mutating func popFirst() -> [UInt8]? {
        guard head < waiting.count else { return nil }
        let message = waiting[head]
        waiting[head] = []
        head += 1
        bytes -= message.count - headroom
        if head == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= Self.maximumMessages {
            waiting.removeFirst(head)
            head = 0
        }
        return message
    }

    mutating func removeAll() {
        waiting = []
        head = 0
        bytes = 0
    }
}
