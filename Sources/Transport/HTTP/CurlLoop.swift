import BrokerKit
import CCurl
import Foundation
import NIOConcurrencyHelpers

/// One libcurl multi handle on one thread. Other threads leave commands and call `curl_multi_wakeup`, nothing else.
final class CurlLoop: Sendable {
    private enum Command: Sendable {
        case start(UInt64, OutgoingRequest, CurlTransfer.Reply)
        case cancel(UInt64)
    }

    private struct Shared: Sendable {
        var commands: [Command] = []
        /// The multi handle as bits; 0 once it is gone.
        var multi: UInt
        var lastNumber: UInt64 = 0
        var isStopping = false
        var hasEnded = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    private static let stopped = TransportError(.interrupted, "the HTTP client was shut down")
    private static let cancelled = TransportError(.interrupted, "the calling task was cancelled")

    private let shared: NIOLockedValueBox<Shared>

    /// Throws `.interrupted` when libcurl cannot be set up.
    init(options: CurlHTTPClient.Options) throws(TransportError) {
        guard Self.libraryIsReady, let multi = curl_multi_init() else {
            throw TransportError(.interrupted, "libcurl could not be set up")
        }
        let bits = UInt(bitPattern: multi)
        shared = NIOLockedValueBox(Shared(multi: bits))
        let thread = Thread { [self] in run(bits, options) }
        thread.name = "http"
        thread.start()
    }

    func perform(_ request: OutgoingRequest) async throws -> HTTPResponse {
        let number = shared.withLockedValue { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { reply in
                guard !Task.isCancelled else { return reply.resume(throwing: Self.cancelled) }
                guard post(.start(number, request, reply)) else { return reply.resume(throwing: Self.stopped) }
                // A handler that ran before the start was posted cancelled nothing.
                if Task.isCancelled { _ = post(.cancel(number)) }
            }
        } onCancel: {
            _ = post(.cancel(number))
        }
    }

    /// Asks the thread to end; returns at once.
    func stop() {
        shared.withLockedValue { state in
            state.isStopping = true
            Self.wake(state)
        }
    }

    /// Ends every transfer with `.interrupted` and returns when the thread is gone.
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

    private func post(_ command: Command) -> Bool {
        shared.withLockedValue { state in
            guard !state.isStopping else { return false }
            state.commands.append(command)
            Self.wake(state)
            return true
        }
    }

    /// Called with the lock held, so that the handle cannot vanish between the test and the call.
    private static func wake(_ state: Shared) {
        if let multi = UnsafeMutableRawPointer(bitPattern: state.multi) { _ = curl_multi_wakeup(multi) }
    }

    private func run(_ bits: UInt, _ options: CurlHTTPClient.Options) {
        guard let multi = UnsafeMutableRawPointer(bitPattern: bits) else { return }
        let engine = CurlEngine(multi: multi, options: options)
        while true {
            let (commands, isStopping) = shared.withLockedValue { state in
                defer { state.commands.removeAll() }
                return (state.commands, state.isStopping)
            }
            for command in commands {
                switch command {
                case .start(let number, let request, let reply): engine.start(number, request, reply)
                case .cancel(let number): engine.cancel(number, Self.cancelled)
                }
            }
            if isStopping { break }
            engine.turn()
        }
        engine.cancelAll(Self.stopped)
        shared.withLockedValue { $0.multi = 0 }
        _ = curl_multi_cleanup(multi)
        let waiting = shared.withLockedValue { state in
            defer { state.waitingForEnd.removeAll() }
            state.hasEnded = true
            return state.waitingForEnd
        }
        for done in waiting { done.resume() }
    }
}
