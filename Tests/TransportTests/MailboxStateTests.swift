import BrokerKit
import Testing

@testable import Transport

struct MailboxStateTests {
    private let bounds = MailboxState.Bounds(highMessages: 4, highBytes: 100, lowMessages: 1, lowBytes: 20)

    private func message(_ size: Int) -> WebSocketMessage { .binary([UInt8](repeating: 0, count: size)) }

    @Test(arguments: [(1, 4), (30, 4), (60, 2), (200, 1)])
    func push_pausesOnce_atTheFirstBoundReached(size: Int, pausesAt: Int) {
        var state = MailboxState(bounds: bounds)
        let pauses = (1...6).filter { _ in state.push(message(size)).pausesReading }
        #expect(pauses == [pausesAt])
    }

    @Test func takeOne_resumes_onlyAtTheLowMark() {
        var state = MailboxState(bounds: bounds)
        for size in 1...4 { _ = state.push(message(size)) }
        #expect(state.takeOne() == .messages([message(1)], resumesReading: false))
        #expect(state.takeOne() == .messages([message(2)], resumesReading: false))
        #expect(state.takeOne() == .messages([message(3)], resumesReading: true))
        #expect(state.takeOne() == .messages([message(4)], resumesReading: false))
        #expect(state.takeOne() == .nothingYet)
    }

    @Test func takeAll_keepsTheOrder_afterSomeWereTakenOneByOne() {
        var state = MailboxState(bounds: bounds)
        for size in 1...3 { _ = state.push(message(size)) }
        #expect(state.takeOne() == .messages([message(1)], resumesReading: false))
        _ = state.push(message(9))
        #expect(state.takeAll() == .messages([message(2), message(3), message(9)], resumesReading: false))
        #expect(state.takeAll() == .nothingYet)
    }

    @Test func finish_comesAfterTheMessages_andTheFirstEndStands() {
        var state = MailboxState(bounds: bounds)
        _ = state.push(message(1))
        state.finish(.regular)
        state.finish(.failed(TransportError(.idle, "later")))
        #expect(!state.push(message(2)).wakesReader)
        #expect(state.takeOne() == .messages([message(1)], resumesReading: false))
        #expect(state.takeOne() == .ended(.regular))
        #expect(state.takeAll() == .ended(.regular))
    }

    @Test func abandon_dropsWhatWaits() {
        var state = MailboxState(bounds: bounds)
        _ = state.push(message(1))
        state.abandon()
        #expect(state.takeAll() == .ended(.regular))
    }
}
