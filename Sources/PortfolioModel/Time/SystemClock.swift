import Foundation

/// The machine's clocks.
package struct SystemClock: ServiceClock {
    private let start = ContinuousClock.now

    package init() {}

    package func now() -> Timestamp {
        Timestamp(microseconds: Int64((Date().timeIntervalSince1970 * 1e6).rounded(.down)))
    }

    package func uptime() -> Duration { ContinuousClock.now - start }
    package func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
