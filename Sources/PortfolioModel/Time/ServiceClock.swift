/// Time as it is injected everywhere, so that a recorded session replays to the same state.
package protocol ServiceClock: Sendable {
    /// Wall-clock instant, for as-of times.
    func now() -> Timestamp
    /// Monotonic reading, for intervals and timeouts.
    func uptime() -> Duration
    /// Throws `CancellationError` when the task is cancelled.
    func sleep(for duration: Duration) async throws
}

extension ServiceClock {
    package func date(in zone: MarketZone) -> CalendarDate { zone.date(of: now()) }
}
