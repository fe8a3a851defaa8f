import NIOConcurrencyHelpers
import PortfolioModel

/// Time that jumps from one sleeper to the next; sleepers wake one by one, by deadline, then by who lay down first.
///
/// Deadlines are rounded up to whole grains, which keeps a simulated day of one-second loops affordable: every
/// interval and timeout is kept, only coarser.
final class VirtualClock: ServiceClock {
    private struct Sleeper {
        var number: Int
        var continuation: CheckedContinuation<Void, any Error>
    }
    private struct State {
        var uptime: Duration = .zero
        var lastNumber = 0
        /// By deadline, each in the order of lying down.
        var sleepers: [Int64: [Sleeper]] = [:]
        var deadlines = DeadlineHeap()
        var places: [Int: Int64] = [:]
        var cancelled: Set<Int> = []
    }
    private let state = NIOLockedValueBox(State())
    private let start: Timestamp
    private let grain: Int64

    init(_ start: Timestamp, grain seconds: Int) {
        self.start = start
        grain = Int64(seconds) * 1_000_000
    }

    func now() -> Timestamp { start.adding(uptime()) }
    func uptime() -> Duration { state.withLockedValue { $0.uptime } }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        let number = state.withLockedValue { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLockedValue { state in
                    if state.cancelled.remove(number) != nil { return true }
                    let deadline = (state.uptime + duration).microseconds
                    let rounded = (deadline + grain - 1) / grain * grain
                    if state.sleepers[rounded, default: []].isEmpty { state.deadlines.insert(rounded) }
                    state.sleepers[rounded, default: []].append(Sleeper(number: number, continuation: continuation))
                    state.places[number] = rounded
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            cancel(number)
        }
    }

    private func cancel(_ number: Int) {
        let sleeper = state.withLockedValue { state -> Sleeper? in
            guard let deadline = state.places.removeValue(forKey: number),
                let index = state.sleepers[deadline]?.firstIndex(where: { $0.number == number })
            else {
                state.cancelled.insert(number)
                return nil
            }
            return state.sleepers[deadline]?.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }

    /// Moves to the earliest deadline and wakes its first sleeper; false when nobody sleeps.
    func wakeNext() -> Bool {
        let sleeper = state.withLockedValue { state -> Sleeper? in
            while let deadline = state.deadlines.first {
                guard var waiting = state.sleepers[deadline], !waiting.isEmpty else {
                    state.sleepers[deadline] = nil
                    state.deadlines.removeFirst()
                    continue
                }
                let sleeper = waiting.removeFirst()
                state.sleepers[deadline] = waiting
                state.places[sleeper.number] = nil
                state.uptime = .microseconds(deadline)
                return sleeper
            }
            return nil
        }
        sleeper?.continuation.resume()
        return sleeper != nil
    }
}

extension Duration {
    fileprivate var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
