/// When the peer was last heard, and when libwebsockets has to be told. Instants are passed in.
struct SocketHealth {
    static let confirmEvery: Duration = .milliseconds(500)

    private var lastHeard: ContinuousClock.Instant
    private var lastConfirmed: ContinuousClock.Instant

    init(now: ContinuousClock.Instant) {
        lastHeard = now
        lastConfirmed = now
    }

    /// Notes proof of life. True when the ping timer is to start anew: not on every message of a busy stream.
    mutating func heard(at now: ContinuousClock.Instant) -> Bool {
        lastHeard = now
        guard now - lastConfirmed >= Self.confirmEvery else { return false }
        lastConfirmed = now
        return true
    }

    func silence(at now: ContinuousClock.Instant) -> Duration { now - lastHeard }
}
