import PortfolioModel
import ServiceLifecycle

/// Writes the recording's steps once a second, and every minute how the documents stood.
struct RecordingService: Service {
    let recording: Recording
    let core: ServiceCore

    private static let checkpointInterval: Duration = .seconds(60)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var last = core.clock.uptime()
            while !Task.isCancelled {
                if core.clock.uptime() - last >= Self.checkpointInterval {
                    last = core.clock.uptime()
                    await LiveDesk(core: core).checkpoint()
                }
                recording.flush()
                try? await core.clock.sleep(for: .seconds(1))
            }
        }
    }
}
