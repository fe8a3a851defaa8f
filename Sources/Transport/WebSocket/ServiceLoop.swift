import CLibWebSockets
import Dispatch
import Foundation
import NIOConcurrencyHelpers

/// One thread with one libwebsockets context, as the executor of the actor that owns the sockets: whatever that actor
/// does runs where libwebsockets allows it. Other threads call `lws_cancel_service` only, while the context is alive.
///
/// After the end, jobs run on a serial queue, so that a late call gets its error instead of waiting for ever.
final class ServiceLoop: SerialExecutor {
    private struct Shared: Sendable {
        var jobs: [UnownedJob] = []
        /// The context as bits; 0 before and after its life.
        var context: UInt = 0
        var thread: pthread_t?
        var isStopping = false
        var hasEnded = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let shared = NIOLockedValueBox(Shared())
    private let afterEnd = DispatchQueue(label: "stream.ended")

    /// The thread holds the loop and the service until it ends.
    func start(_ service: WebSocketService) {
        let thread = Thread { [self] in run(service) }
        thread.name = "stream"
        thread.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let hasEnded = shared.withLockedValue { state in
            if !state.hasEnded {
                state.jobs.append(job)
                Self.wake(state)
            }
            return state.hasEnded
        }
        if hasEnded { afterEnd.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) } }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    func checkIsolated() {
        let isHere = shared.withLockedValue { state in
            state.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false
        }
        precondition(isHere, "libwebsockets may only be used on its own thread")
    }

    /// Asks the thread to end; returns at once.
    func stop() {
        shared.withLockedValue { state in
            state.isStopping = true
            Self.wake(state)
        }
    }

    /// Ends every connection and returns when the thread is gone.
    func shutdown() async {
        stop()
        await withCheckedContinuation { done in
            let hasEnded = shared.withLockedValue { state in
                if !state.hasEnded { state.waitingForEnd.append(done) }
                return state.hasEnded
            }
            if hasEnded { done.resume() }
        }
    }

    /// Called with the lock held, so that the context cannot be destroyed between the test and the call.
    private static func wake(_ state: Shared) {
        if let context = OpaquePointer(bitPattern: state.context) { lws_cancel_service(context) }
    }

    private func run(_ service: WebSocketService) {
        shared.withLockedValue { $0.thread = pthread_self() }
        let bits = service.assumeIsolated { $0.begin() }
        if let context = OpaquePointer(bitPattern: bits) {
            shared.withLockedValue { $0.context = bits }
            serve(context, service)
            shared.withLockedValue { $0.context = 0 }
            service.assumeIsolated { $0.end() }
        }
        while true {
            runJobs()
            let waiting = shared.withLockedValue { state -> [CheckedContinuation<Void, Never>]? in
                guard state.jobs.isEmpty else { return nil }
                state.hasEnded = true
                defer { state.waitingForEnd = [] }
                return state.waitingForEnd
            }
            guard let waiting else { continue }
            for done in waiting { done.resume() }
            return
        }
    }

    private func serve(_ context: OpaquePointer, _ service: WebSocketService) {
        while true {
            runJobs()
            if shared.withLockedValue({ $0.isStopping }) { return }
            if lws_service(context, 0) < 0 { return }
            service.assumeIsolated { $0.endTurn() }
        }
    }

    private func runJobs() {
        while true {
            let jobs = shared.withLockedValue { state in
                defer { state.jobs.removeAll() }
                return state.jobs
            }
            if jobs.isEmpty { return }
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
        }
    }
}
