import PortfolioModel
import PortfolioStore
import ServiceLifecycle

/// Tells the service manager that the service moves, twice as often as it asks for. The word goes out after a round
/// trip through the supervisor, the risk actor and the store: when one of them stands still it is withheld, and the
/// manager starts the service anew. A broker that stands still is no reason; it shows as such, and a restart would take
/// the others down with it.
struct WatchdogService: Service {
    let core: ServiceCore
    let manager: ServiceManager

    func run() async throws {
        let (core, manager) = (core, manager)
        let pause = manager.watchdogLimit.map { $0 / 2 }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                if pause != nil {
                    await core.roundTrip()
                    manager.tell(.alive)
                }
                try? await core.clock.sleep(for: pause ?? .seconds(3600))
            }
        }
        manager.tell(.stopping)
    }
}

extension ServiceCore {
    /// Returns when everything that must move has moved. A store that refuses is reported elsewhere, and moves.
    @concurrent
    fileprivate func roundTrip() async {
        _ = await view()
        try? store.awaitTurn()
    }
}
