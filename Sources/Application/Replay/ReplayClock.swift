import NIOConcurrencyHelpers
import PortfolioModel

/// A clock that reads what was read then. Beyond the last recorded reading it stands still and says so.
final class ReplayClock: ServiceClock {
    private struct State {
        var readings: [Timestamp] = []
        var place = 0
        var last = Timestamp(microseconds: 0)
        var ranOut = false
    }

    private let state = NIOLockedValueBox(State())

    /// The last reading that was given out.
    var last: Timestamp { state.withLockedValue { $0.last } }

    /// Whether more was read than had been recorded.
    var ranOut: Bool { state.withLockedValue { $0.ranOut } }

    /// The readings of the step that comes.
    func load(_ readings: [Timestamp]) {
        state.withLockedValue { ($0.readings, $0.place) = (readings, 0) }
    }

    func now() -> Timestamp {
        state.withLockedValue {
            if $0.place < $0.readings.count {
                $0.last = $0.readings[$0.place]
                $0.place += 1
            } else {
                $0.ranOut = true
            }
            return $0.last
        }
    }

    func uptime() -> Duration { .zero }
    func sleep(for duration: Duration) async throws { try Task.checkCancellation() }
}
