import Logging
import PortfolioModel
import PortfolioStore
import Risk
import Supervision

/// Keeps what is sampled rather than journalled: last markets, entry Greeks, daily snapshots. Every write may be repeated.
actor Recorder {
    private let store: PortfolioStore
    private let supervisor: Supervisor
    private let risk: RiskActor
    private let clock: any ServiceClock
    private let logger: Logger
    private var tracker: EntryGreeksTracker
    private var lastMarkets: Duration?
    private var lastDaily: Duration?
    private var written: [InstrumentID: Timestamp] = [:]
    private var failed = false

    static let marketInterval: Duration = .seconds(5)
    static let dailyInterval: Duration = .seconds(60)

    init(
        store: PortfolioStore, supervisor: Supervisor, risk: RiskActor, clock: any ServiceClock, logger: Logger
    ) throws {
        self.store = store
        self.supervisor = supervisor
        self.risk = risk
        self.clock = clock
        self.logger = logger
        tracker = EntryGreeksTracker(known: try store.entryGreeks())
    }

    /// Once a second; `force` writes everything, as at the end.
    func tick(force: Bool = false) async {
        let uptime = clock.uptime()
        let view = await risk.view(at: clock.now())
        do {
            let entries = tracker.update(with: view, fills: view.brokers.contains { $0.state == .live })
            if !entries.isEmpty { try store.saveEntryGreeks(entries) }
            if force || lastMarkets.map({ uptime - $0 >= Self.marketInterval }) ?? true {
                lastMarkets = uptime
                try await saveMarkets()
            }
            if force || lastDaily.map({ uptime - $0 >= Self.dailyInterval }) ?? true {
                lastDaily = uptime
                let date = await supervisor.today
                let daily = DailySnapshots(of: view, on: date)
                try store.saveDaily(positions: daily.positions, accounts: daily.accounts)
            }
            failed = false
        } catch {
            if !failed { logger.error("samples could not be stored", metadata: ["error": "\(error)"]) }
            failed = true
        }
    }

    private func saveMarkets() async throws {
        let book = await supervisor.book
        var rows: [(InstrumentID, InstrumentMarket)] = []
        for instrument in book.master.instruments {
            let market = book.markets[instrument.id]
            guard let updated = market.updatedAt, written[instrument.id] != updated else { continue }
            rows.append((instrument.id, market))
            written[instrument.id] = updated
        }
        if !rows.isEmpty { try store.saveMarkets(rows) }
    }
}
