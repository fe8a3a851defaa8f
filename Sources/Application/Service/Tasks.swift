import Alerts
import BrokerKit
import Logging
import PortfolioModel
import ServiceLifecycle
import Supervision

/// Every broker's child supervisor. One broker's end never ends another.
struct BrokersService: Service {
    let core: ServiceCore

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for (index, made) in core.made.enumerated() {
                    let child = BrokerChild(
                        made.broker, supervisor: core.supervisor, clock: core.clock,
                        seed: UInt64(core.startedAt.microseconds) &+ UInt64(index), logger: core.logger)
                    group.addTask {
                        await child.run()
                        // A held broker stays held: its child ends, the service goes on.
                    }
                }
                group.addTask { while !Task.isCancelled { try? await core.clock.sleep(for: .seconds(3600)) } }
            }
        }
    }
}

/// The control socket; once it accepts, the service is ready.
struct ControlService: Service {
    let core: ServiceCore
    let manager: ServiceManager

    func run() async throws {
        let desk = LiveDesk(core: core)
        let server = ControlServer(path: core.configuration.socketPath, logger: core.logger) {
            await desk.answer($0)
        }
        do {
            try await cancelWhenGracefulShutdown { [manager] in try await server.run { manager.tell(.ready) } }
        } catch is CancellationError {
            return
        }
    }
}

/// Once a second: ages, samples, alerts.
struct HeartbeatService: Service {
    let core: ServiceCore
    let alerts: AlertActor

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await core.supervisor.tick()
                let view = await core.view()
                core.recording?.evaluates(view)
                await alerts.evaluate(view)
                await core.recorder.tick(with: view)
                try? await core.clock.sleep(for: .seconds(1))
            }
        }
    }
}
