package import BrokerKit
import NIOConcurrencyHelpers

/// A stream whose peer is the test: it pushes messages, reads what was sent, and ends the stream as it likes.
package final class ScriptedWebSocketConnection: WebSocketConnection {
    private enum End { case regular, failed(TransportError) }
    private struct State {
        var queue: [WebSocketMessage] = []
        var end: End?
        var sent: [String] = []
        var isClosedByClient = false
        var waiter: CheckedContinuation<Void, Never>?
    }
    private let state = NIOLockedValueBox(State())
    private let onSend: (@Sendable (ScriptedWebSocketConnection, String) -> Void)?

    /// `onSend` is called with each text the client sends, so that a script can answer at once.
    package init(onSend: (@Sendable (ScriptedWebSocketConnection, String) -> Void)? = nil) { self.onSend = onSend }

    package var sent: [String] { state.withLockedValue { $0.sent } }
    package var isClosedByClient: Bool { state.withLockedValue { $0.isClosedByClient } }

    /// The peer says something.
    package func push(_ text: String) { change { $0.queue.append(.text(Array(text.utf8))) } }

    /// The peer says several things that are read as one batch.
    package func push(_ texts: [String]) {
        change { $0.queue += texts.map { .text(Array($0.utf8)) } }
    }

    /// The peer ends the stream: regularly, or with an error.
    package func end(_ error: TransportError? = nil) {
        change { $0.end = $0.end ?? error.map { .failed($0) } ?? .regular }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiter = state.withLockedValue { state -> CheckedContinuation<Void, Never>? in
            body(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    package func send(text: String) async throws {
        let isOpen = state.withLockedValue { state in
            guard state.end == nil, !state.isClosedByClient else { return false }
            state.sent.append(text)
            return true
        }
        guard isOpen else { throw TransportError(.closed, "the stream has ended", closeCode: 1006) }
        onSend?(self, text)
    }

    package func receive() async throws -> WebSocketMessage? { try await next(all: false).first }
    package func receiveBatch() async throws -> [WebSocketMessage] { try await next(all: true) }

    private func next(all: Bool) async throws -> [WebSocketMessage] {
        while true {
            if Task.isCancelled { throw TransportError(.interrupted, "cancelled") }
            let (messages, end) = state.withLockedValue { state -> ([WebSocketMessage], End?) in
                let taken = all ? state.queue : Array(state.queue.prefix(1))
                state.queue.removeFirst(taken.count)
                return (taken, state.end)
            }
            if !messages.isEmpty { return messages }
            switch end {
            case .regular: return []
            case .failed(let error): throw error
            case nil: await wait()
            }
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLockedValue { state in
                    if !state.queue.isEmpty || state.end != nil || Task.isCancelled { return true }
                    state.waiter = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            change { _ in }
        }
    }

    package func close() async {
        change { state in
            state.isClosedByClient = true
            state.end = state.end ?? .regular
        }
    }
}

/// Opens scripted streams; the closure decides by URL and attempt number, from 1, what comes of each.
package final class ScriptedWebSocketConnector: WebSocketConnector {
    package typealias Handler = @Sendable (WebSocketRequest, Int) async throws -> ScriptedWebSocketConnection

    private struct Log {
        var requests: [WebSocketRequest] = []
        var connections: [ScriptedWebSocketConnection] = []
    }
    private let handler: Handler
    private let log = NIOLockedValueBox(Log())
    private let stall = NIOLockedValueBox(Stall())

    private struct Stall {
        var isStanding = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    package init(_ handler: @escaping Handler) { self.handler = handler }

    package var requests: [WebSocketRequest] { log.withLockedValue { $0.requests } }
    package var connections: [ScriptedWebSocketConnection] { log.withLockedValue { $0.connections } }

    package func connect(_ request: WebSocketRequest) async throws -> any WebSocketConnection {
        let attempt = log.withLockedValue { log in
            log.requests.append(request)
            return log.requests.count { $0.url == request.url }
        }
        let connection = try await handler(request, attempt)
        log.withLockedValue { $0.connections.append(connection) }
        return connection
    }

    /// Whether whatever serves the streams stands still from now on.
    package func stand(_ isStanding: Bool) {
        let waiting = stall.withLockedValue { stall in
            stall.isStanding = isStanding
            defer { if !isStanding { stall.waiting = [] } }
            return isStanding ? [] : stall.waiting
        }
        for turn in waiting { turn.resume() }
    }

    package func awaitTurn() async {
        await withCheckedContinuation { turn in
            let isStanding = stall.withLockedValue { stall in
                if stall.isStanding { stall.waiting.append(turn) }
                return stall.isStanding
            }
            if !isStanding { turn.resume() }
        }
    }
}
