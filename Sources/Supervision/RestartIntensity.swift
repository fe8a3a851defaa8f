/// How often a child may be restarted before it is held: `limit` times within `window` (OTP's supervisor intensity).
package struct RestartIntensity: Sendable {
    package var limit: Int
    package var window: Duration
    private var restarts: [Duration] = []

    package init(limit: Int = 5, window: Duration = .seconds(300)) {
        self.limit = limit
        self.window = window
    }

    package enum Verdict: Sendable, Equatable { case restart, hold }

    /// What to do after a failure at this uptime.
    package mutating func failed(at uptime: Duration) -> Verdict {
        restarts.removeAll { uptime - $0 > window }
        if restarts.count >= limit { return .hold }
        restarts.append(uptime)
        return .restart
    }
}
