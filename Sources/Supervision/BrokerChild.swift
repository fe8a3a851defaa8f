package import BrokerKit
package import Logging
package import PortfolioModel

/// One broker under supervision: restarted when it throws, held when it throws too often, never a burden to another.
package struct BrokerChild: Sendable {
    private let broker: any Broker
    private let supervisor: Supervisor
    private let clock: any ServiceClock
    private let logger: Logger
    private let seed: UInt64

    package init(
        _ broker: any Broker, supervisor: Supervisor, clock: any ServiceClock, seed: UInt64, logger: Logger
    ) {
        self.broker = broker
        self.supervisor = supervisor
        self.clock = clock
        self.seed = seed
        self.logger = logger
    }

    /// Runs until cancelled. Returns early only when the broker is held.
    package func run() async {
        let sink = SupervisorSink(supervisor: supervisor, broker: broker.id)
        var intensity = RestartIntensity()
        var backoff = Backoff()
        var random = SeededGenerator(seed: seed)
        while !Task.isCancelled {
            do {
                try await broker.run(sink)
                break
            } catch is CancellationError {
                break
            } catch {
                logger.error("a broker failed", metadata: ["broker": "\(broker.id)", "error": "\(error)"])
                await sink.deliver([.feedSilent])
                let final = (error as? BrokerError).map {
                    $0.classification == .permanent || $0.classification == .fatal
                }
                if final == true || intensity.failed(at: clock.uptime()) == .hold {
                    await sink.deliver([.health(.held, message: "held: \(error); restart the service to try again")])
                    return
                }
                await sink.deliver([.health(.stale, message: "restarting after: \(error)")])
                try? await clock.sleep(for: backoff.next(using: &random))
            }
        }
        await sink.deliver([.feedSilent, .health(.stopped, message: nil)])
    }
}

/// A broker's way into the supervisor.
package struct SupervisorSink: BrokerSink {
    private let supervisor: Supervisor
    private let broker: BrokerID

    package init(supervisor: Supervisor, broker: BrokerID) {
        self.supervisor = supervisor
        self.broker = broker
    }

    package func deliver(_ events: [BrokerEvent]) async { await supervisor.receive(events, from: broker) }
}
