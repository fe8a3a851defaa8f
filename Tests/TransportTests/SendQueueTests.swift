import BrokerKit
import Testing

@testable import Transport

struct SendQueueTests {
    @Test func popFirst_givesMessagesInOrder_withHeadroomInFront() throws {
        var queue = SendQueue(headroom: 2)
        try queue.append("ab")
        try queue.append("")
        #expect(queue.popFirst() == [0, 0, 0x61, 0x62])
        try queue.append("c")
        #expect(queue.popFirst() == [0, 0])
        #expect(queue.popFirst() == [0, 0, 0x63])
        #expect(queue.isEmpty)
        #expect(queue.popFirst() == nil)
    }

    @Test func append_refuses_beyondTheBounds_untilSomethingLeft() throws {
        var queue = SendQueue(headroom: 2)
        for _ in 0..<SendQueue.maximumMessages { try queue.append("a") }
        #expect(throws: TransportError.self) { try queue.append("a") }
        for _ in 0..<3000 {
            _ = queue.popFirst()
            try queue.append("a")
        }
        #expect(throws: TransportError.self) { try queue.append("a") }
        queue.removeAll()
        try queue.append(String(repeating: "a", count: SendQueue.maximumBytes))
        #expect(throws: TransportError.self) { try queue.append("a") }
    }
}
