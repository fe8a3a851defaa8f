import Logging
import PortfolioModel
import PortfolioStore
import Risk
import Supervision

/// Keeps what is sampled rather than journalled: last markets, figures of entry Greeks, valuation edges, daily
/// snapshots with their closes and rates. Every write may be repeated.
actor Recorder {
    private let store: PortfolioStore
    private let supervisor: Supervisor
    private let clock: any ServiceClock
    private let logger: Logger
    private let entries: EntryRecorder
    private let edges: EdgeRecorder
    private var lastMarkets: Duration?
    private var lastDaily: Duration?
    private var written: [InstrumentID: Timestamp] = [:]
    private var failed = false
    private let snapshotTime: TimeOfDay
    /// The date whose figures after the configured time have been kept.
    private var closedDay: CalendarDate?

    static let marketInterval: Duration = .seconds(5)
    static let dailyInterval: Duration = .seconds(60)

    init(
        store: PortfolioStore, supervisor: Supervisor, entries: EntryRecorder, edges: EdgeRecorder,
        snapshotTime: TimeOfDay, clock: any ServiceClock, logger: Logger
    ) {
        self.snapshotTime = snapshotTime
        self.store = store
        self.supervisor = supervisor
        self.clock = clock
        self.logger = logger
        self.entries = entries
        self.edges = edges
    }

    /// Once a second, with the book valued now; `force` writes everything, as at the end.
    func tick(with view: PortfolioView, force: Bool = false) async {
        let uptime = clock.uptime()
        do {
            try await entries.complete(with: view)
            try await edges.complete(with: view)
            if force || lastMarkets.map({ uptime - $0 >= Self.marketInterval }) ?? true {
                lastMarkets = uptime
                try await saveMarkets()
            }
            if force || lastDaily.map({ uptime - $0 >= Self.dailyInterval }) ?? true {
                lastDaily = uptime
                try await saveDaily(view)
            }
            failed = false
        } catch {
            if !failed { logger.error("samples could not be stored", metadata: ["error": "\(error)"]) }
            failed = true
        }
    }

    /// The figures follow until the configured time; the first ones after it stay, even when the clock is set back.
    private func saveDaily(_ view: PortfolioView) async throws {
        let date = await supervisor.today
        let edge = MarketZone.newYork.instant(date, hour: snapshotTime.hour, minute: snapshotTime.minute)
        if let closedDay, date <= closedDay { return }
        let daily = DailySnapshots(of: view, on: date)
        try store.saveDaily(positions: daily.positions, accounts: daily.accounts, balances: daily.balances)
        try store.saveRates(view.rates.map { DailyFXRate(date: $0.asOf.utcDate, rate: $0) })
        if view.at > edge {
            try store.savePrices(daily.closes)
            closedDay = date
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
