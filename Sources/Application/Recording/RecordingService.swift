import PortfolioModel
import ServiceLifecycle

/// Writes the recording's steps once a second, and how the documents stood: after five seconds, then after twice as
/// long as before, at last every minute.
struct RecordingService: Service {
    let recording: Recording
    let core: ServiceCore

    private static let longestInterval: Duration = .seconds(60)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var last = core.clock.uptime()
            var interval: Duration = .seconds(5)
            while !Task.isCancelled {
                if core.clock.uptime() - last >= interval {
                    last = core.clock.uptime()
                    interval = min(interval * 2, Self.longestInterval)
                    await LiveDesk(core: core).checkpoint()
                }
                recording.flush()
                try? await core.clock.sleep(for: .seconds(1))
            }
        }
    }
}
