/// Why an account-stream connection is to end.
enum AccountStreamEnd: Sendable, Equatable {
    case connectTimedOut
    case silent
    /// The server answered `error` to an action; in its words.
    case refused(action: String, String)
    case disconnected(String)
}

/// The rules of one account-stream connection (protocol notes, section 4): connect, wait for the acknowledgement, then
/// heartbeats. A pure value.
struct AccountStreamSession: Sendable {
    enum Action: Sendable, Equatable {
        /// Each carries the number to send as `request-id`, and needs a token that serves now.
        case connect(Int)
        case heartbeat(Int)
        /// Connected: the stream sends no state of its own, so it must be read over REST now.
        case ready
        case end(AccountStreamEnd)
    }

    private enum State: Equatable {
        /// -> connecting
        case idle
        /// -> connected, ended
        case connecting(deadline: Duration)
        /// -> ended
        case connected(nextHeartbeat: Duration)
        case ended
    }

    private let stepTimeout: Duration
    private let heartbeatInterval: Duration
    private let silenceLimit: Duration
    private var state = State.idle
    private var requestID = 0
    private var lastInbound: Duration = .zero

    init(stepTimeout: Duration, heartbeatInterval: Duration, silenceLimit: Duration) {
        self.stepTimeout = stepTimeout
        self.heartbeatInterval = heartbeatInterval
        self.silenceLimit = silenceLimit
    }

    var isConnected: Bool { if case .connected = state { true } else { false } }

    mutating func opened(at uptime: Duration) -> [Action] {
        guard state == .idle else { return [] }
        lastInbound = uptime
        state = .connecting(deadline: uptime + stepTimeout)
        return [.connect(nextID())]
    }

    /// Anything at all was heard.
    mutating func heard(at uptime: Duration) { lastInbound = uptime }

    mutating func acknowledged(action: String, isOK: Bool, message: String, at uptime: Duration) -> [Action] {
        switch state {
        case .idle, .ended: return []
        case .connecting:
            guard isOK else { return end(.refused(action: action, message)) }
            guard action == "connect" else { return [] }
            state = .connected(nextHeartbeat: uptime + heartbeatInterval)
            return [.ready]
        case .connected:
            return isOK ? [] : end(.refused(action: action, message))
        }
    }

    mutating func tick(at uptime: Duration) -> [Action] {
        switch state {
        case .idle, .ended: return []
        case .connecting(let deadline): return uptime >= deadline ? end(.connectTimedOut) : []
        case .connected(let nextHeartbeat):
            if uptime - lastInbound >= silenceLimit { return end(.silent) }
            guard uptime >= nextHeartbeat else { return [] }
            state = .connected(nextHeartbeat: uptime + heartbeatInterval)
            return [.heartbeat(nextID())]
        }
    }

    private mutating func nextID() -> Int {
        requestID += 1
        return requestID
    }

    private mutating func end(_ reason: AccountStreamEnd) -> [Action] {
        state = .ended
        return [.end(reason)]
    }
}
