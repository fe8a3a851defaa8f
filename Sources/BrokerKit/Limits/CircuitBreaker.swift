/// Stops calls to a venue that keeps failing: open after so many failures in a row, then one probe at a time with
/// growing gaps. It decides; the actor that asked calls, or does not.
package struct CircuitBreaker: Sendable {
    package var threshold: Int
    /// The first gap; it doubles with each probe that fails, up to `cap`.
    package var probeAfter: Duration
    package var cap: Duration
    private var failures = 0
    private var gap: Duration?
    private var closedUntil: Duration = .zero

    package init(threshold: Int = 5, probeAfter: Duration = .seconds(30), cap: Duration = .seconds(900)) {
        self.threshold = threshold
        self.probeAfter = probeAfter
        self.cap = cap
    }

    package enum Verdict: Sendable, Equatable {
        case go
        /// No call for so long.
        case wait(Duration)
    }

    package var isOpen: Bool { gap != nil }

    /// Whether a call may go out now. Of an open breaker the first call after the gap is the probe; until its outcome
    /// is told, or a gap has passed without one, everybody else waits.
    package mutating func admit(at uptime: Duration) -> Verdict {
        guard let gap else { return .go }
        guard uptime >= closedUntil else { return .wait(closedUntil - uptime) }
        closedUntil = uptime + gap
        return .go
    }

    /// How long until a call may go out; zero when one may now.
    package func wait(at uptime: Duration) -> Duration { isOpen ? max(.zero, closedUntil - uptime) : .zero }

    /// The venue answered, whatever it said.
    package mutating func succeeded() {
        failures = 0
        gap = nil
    }

    /// The venue did not answer, or answered that it is broken.
    package mutating func failed(at uptime: Duration) {
        failures += 1
        if let gap {
            let next = min(gap * 2, cap)
            self.gap = next
            closedUntil = uptime + next
        } else if failures >= threshold {
            gap = probeAfter
            closedUntil = uptime + probeAfter
        }
    }
}
