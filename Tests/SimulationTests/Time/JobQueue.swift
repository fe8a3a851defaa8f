import Foundation
import NIOConcurrencyHelpers

/// Runs every task of a process one job after another, in the order in which they became ready, on the thread that
/// calls `drive`. With that, and with time that moves only when nothing is ready, a run depends on its seed alone.
///
/// It replaces the concurrency runtime's global executor, so it belongs into a process of its own: an exit test's.
final class JobQueue: Sendable {
    private typealias Enqueue = @convention(thin) (UnownedJob) -> Void
    private typealias Hook = @convention(thin) (UnownedJob, Enqueue) -> Void

    private struct State {
        var jobs: [UnownedJob] = []
        var next = 0
    }
    private let state = NIOLockedValueBox(State())
    private let runner = Runner()

    /// The queue that the hook feeds; a thin function can capture nothing.
    private static let shared = JobQueue()

    /// Only there to name the place a job runs at; nothing is ever enqueued on it by itself.
    private final class Runner: TaskExecutor {
        func enqueue(_ job: consuming ExecutorJob) { JobQueue.shared.add(UnownedJob(job)) }
    }

    struct Unavailable: Error {}

    /// While `body` runs, every job of this process comes to the queue. Throws when the runtime has no such hook.
    static func whileInstalled<Value>(_ body: (JobQueue) throws -> Value) throws -> Value {
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "swift_task_enqueueGlobal_hook") else { throw Unavailable() }
        // Safety: the runtime declares this variable as a pointer to such a function, and reads it at each enqueue.
        let hook = symbol.assumingMemoryBound(to: Hook?.self)
        hook.pointee = { job, _ in JobQueue.shared.add(job) }
        defer { hook.pointee = nil }
        return try body(shared)
    }

    private func add(_ job: UnownedJob) { state.withLockedValue { $0.jobs.append(job) } }

    private func take() -> UnownedJob? {
        state.withLockedValue { state in
            guard state.next < state.jobs.count else {
                state.jobs.removeAll(keepingCapacity: true)
                state.next = 0
                return nil
            }
            defer { state.next += 1 }
            return state.jobs[state.next]
        }
    }

    /// Runs one piece of work to its end: ready jobs first, then the clock moves to the next sleeper. Throws `Stuck`
    /// when nothing is ready and nobody sleeps.
    func drive<Value: Sendable>(
        _ clock: VirtualClock, _ work: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let outcome = NIOLockedValueBox<Result<Value, any Error>?>(nil)
        Task.detached {
            do {
                let value = try await work()
                outcome.withLockedValue { $0 = .success(value) }
            } catch {
                outcome.withLockedValue { $0 = .failure(error) }
            }
        }
        while true {
            if let job = take() {
                job.runSynchronously(on: runner.asUnownedTaskExecutor())
            } else if let result = outcome.withLockedValue({ $0 }) {
                return try result.get()
            } else if !clock.wakeNext() {
                throw Stuck()
            }
        }
    }

    struct Stuck: Error {}
}
