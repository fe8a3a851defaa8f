import NIOConcurrencyHelpers
package import PortfolioModel

/// A clock that moves only when a test says so. Wall time and uptime advance together.
package final class ManualClock: ServiceClock {
    private struct Sleeper {
        var number: Int
        var deadline: Duration
        var continuation: CheckedContinuation<Void, any Error>
    }
    private struct State {
        var start: Timestamp
        var uptime: Duration = .zero
        var lastNumber = 0
        var sleepers: [Sleeper] = []
        /// Sleeps cancelled before they were registered.
        var cancelled: Set<Int> = []
    }
    private let state: NIOLockedValueBox<State>

    package init(_ start: Timestamp = Timestamp(seconds: 1_795_444_200)) {
        state = NIOLockedValueBox(State(start: start))
    }

    package func now() -> Timestamp { state.withLockedValue { $0.start.adding($0.uptime) } }
    package func uptime() -> Duration { state.withLockedValue { $0.uptime } }
    /// How many tasks are asleep.
    package var sleeperCount: Int { state.withLockedValue { $0.sleepers.count } }

    package func sleep(for duration: Duration) async throws {
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
                    state.sleepers.append(
                        Sleeper(number: number, deadline: state.uptime + duration, continuation: continuation))
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
            guard let place = state.sleepers.firstIndex(where: { $0.number == number }) else {
                state.cancelled.insert(number)
                return nil
            }
            return state.sleepers.remove(at: place)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }

    /// Moves time on, stopping at each sleeper's deadline and letting the woken tasks run before going further.
    package func advance(by duration: Duration) async {
        let target = uptime() + duration
        await settle()
        while let deadline = nextDeadline(through: target) {
            wake(at: deadline)
            await settle()
        }
        wake(at: target)
        await settle()
    }

    private func nextDeadline(through target: Duration) -> Duration? {
        state.withLockedValue { state in state.sleepers.map(\.deadline).filter { $0 <= target }.min() }
    }

    private func wake(at uptime: Duration) {
        let due = state.withLockedValue { state -> [Sleeper] in
            state.uptime = max(state.uptime, uptime)
            let due = state.sleepers.filter { $0.deadline <= state.uptime }.sorted { $0.deadline < $1.deadline }
            state.sleepers.removeAll { $0.deadline <= state.uptime }
            return due
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Lets other tasks run for a while.
    package func settle() async {
        for _ in 0..<200 { await Task.yield() }
    }
}

/// Polls a condition while other tasks run; false when it did not come true within a bounded number of turns.
package func eventually(_ condition: @Sendable () async -> Bool) async -> Bool {
    for _ in 0..<200_000 {
        if await condition() { return true }
        await Task.yield()
    }
    return false
}
