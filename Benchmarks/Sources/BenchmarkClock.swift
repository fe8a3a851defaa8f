import PortfolioModel

/// The machine's clock, set to the instant at which the file's data begin: options do not expire as years go by.
struct BenchmarkClock: ServiceClock {
    private let system = SystemClock()
    private let offset: Int64

    init() { offset = Frames.time(of: 0).microseconds - system.now().microseconds }

    func now() -> Timestamp { Timestamp(microseconds: system.now().microseconds + offset) }
    func uptime() -> Duration { system.uptime() }
    func sleep(for duration: Duration) async throws { try await system.sleep(for: duration) }
}
