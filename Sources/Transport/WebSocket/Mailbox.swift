import BrokerKit
import NIOConcurrencyHelpers

/// Between the service thread, which pushes, and one reader, who waits. A wake-up costs more than a message, so the
/// thread wakes the reader once a turn, after everything the turn brought has been stored.
final class Mailbox: Sendable {
    private let state: NIOLockedValueBox<MailboxState>

    init(bounds: MailboxState.Bounds) { state = NIOLockedValueBox(MailboxState(bounds: bounds)) }

    var count: Int { state.withLockedValue { $0.count } }
    var isPaused: Bool { state.withLockedValue { $0.isPaused } }

    func push(_ message: WebSocketMessage) -> MailboxState.Pushed { state.withLockedValue { $0.push(message) } }

    func finish(_ end: StreamEnd) {
        state.withLockedValue { $0.finish(end) }
        wakeReader()
    }

    func abandon() {
        state.withLockedValue { $0.abandon() }
        wakeReader()
    }

    func wakeReader() {
        let waiter = state.withLockedValue { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Waits for at least one message; empty after a regular end. The second value is true when the socket is to be
    /// read again. Throws `TransportError`: the stream's failure, or `.interrupted` when the task was cancelled.
    func next(all: Bool) async throws -> (messages: [WebSocketMessage], resumesReading: Bool) {
        while true {
            switch state.withLockedValue({ all ? $0.takeAll() : $0.takeOne() }) {
            case .messages(let messages, let resumesReading): return (messages, resumesReading)
            case .ended(.regular): return ([], false)
            case .ended(.failed(let error)): throw error
            case .nothingYet: try await waitForNews()
            }
        }
    }

    private func waitForNews() async throws {
        enum Step { case waits, hasNews, isTaken }
        var isTaken = false
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let step = state.withLockedValue { state -> Step in
                    if state.waiter != nil { return .isTaken }
                    if state.hasNews || Task.isCancelled { return .hasNews }
                    state.waiter = continuation
                    return .waits
                }
                isTaken = step == .isTaken
                if step != .waits { continuation.resume() }
            }
        } onCancel: {
            wakeReader()
        }
        if isTaken { throw TransportError(.invalidRequest, "a stream has one reader at a time") }
        if Task.isCancelled { throw TransportError(.interrupted, "the calling task was cancelled") }
    }
}
