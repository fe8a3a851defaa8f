import PortfolioModel

/// A clock whose readings are kept, under the name of who reads it.
struct RecordingClock: ServiceClock {
    let clock: any ServiceClock
    let reader: String
    let recording: Recording

    func now() -> Timestamp {
        let now = clock.now()
        recording.add(.now(now, by: reader))
        return now
    }

    func uptime() -> Duration {
        let uptime = clock.uptime()
        recording.add(.uptime(uptime, by: reader))
        return uptime
    }

    func sleep(for duration: Duration) async throws {
        try await clock.sleep(for: duration)
        recording.add(.slept(by: reader))
    }
}
