import Alerts
import BrokerKit
import Fidelity
import Logging
import PortfolioModel
import PortfolioStore
import Risk
import Supervision
import Tastytrade

/// One life of the service: the real broker, supervisor, risk, alerts and store around a venue in memory.
struct SimulatedService: Sendable {
    let store: PortfolioStore
    let journal: FaultyJournal
    let supervisor: Supervisor
    let risk: FollowingEngine
    let alerts: AlertActor
    private let lives: [Task<Void, Never>]

    static let settings = RiskSettings(session: .alwaysOpen, quoteSilence: .seconds(900), greeksFeeds: [tastytrade])
    static let tastytrade = BrokerID("tastytrade")
    static let fidelity = BrokerID("fidelity")

    /// Opens the store as it was left, restores the book and sets the brokers going.
    static func start(
        _ path: String, venue: Venue, clock: VirtualClock, seed: UInt64, log: EventLog
    ) async throws -> SimulatedService {
        let logger = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        let store = try PortfolioStore.open(
            path, stamp: .sandbox, backups: path + "-backups", clock: clock, logger: logger)
        let stored = try store.loadBook(base: .usd)
        var book = Book(base: .usd)
        try book.restore(stored.changes, sequence: stored.sequence)
        let now = clock.now()
        let risk = FollowingEngine(book: book, settings: settings, now: now, log: log)
        let journal = FaultyJournal(store, seed: seed ^ 0x5707e)
        let brokers: [any Broker] = [
            TastytradeBroker(
                configuration: configuration, http: venue.http, webSockets: venue.connector, clock: clock, seed: seed,
                logger: logger), FidelityBroker(),
        ]
        let supervisor = Supervisor(
            book: book, brokers: brokers, journal: journal, followers: [risk],
            settings: .init(staleAfterSessions: [fidelity: 5], fileBrokers: [fidelity]), clock: clock, logger: logger)
        let alerts = AlertActor(engine: AlertEngine(rules: try rules()), sinks: [log])
        await supervisor.begin()
        let lives = brokers.enumerated().map { index, broker in
            let child = BrokerChild(
                broker, supervisor: supervisor, clock: clock, seed: seed &+ UInt64(index), logger: logger)
            return Task { await child.run() }
        }
        return SimulatedService(
            store: store, journal: journal, supervisor: supervisor, risk: risk, alerts: alerts, lives: lives)
    }

    private static var configuration: TastytradeConfiguration {
        var configuration = TastytradeConfiguration(
            environment: .sandbox, clientSecret: SecretString("secret"), refreshToken: SecretString("refresh"))
        configuration.apiURL = "http://127.0.0.1:1"
        configuration.accountStreamerURL = "ws://127.0.0.1:2"
        configuration.reconcileInterval = .seconds(120)
        return configuration
    }

    private static func rules() throws -> [AlertRule] {
        [
            try AlertRule(
                name: "loss", metric: "dayPnL", scope: "portfolio", above: nil, below: "-200", for: "1m",
                clear: "-100"),
            try AlertRule(name: "SPY", metric: "underlyingPrice", scope: "underlying:SPY", above: "581", below: nil),
            try AlertRule(
                name: "broker", metric: "brokerUnhealthyAge", scope: "broker:tastytrade", above: "120", below: nil),
        ]
    }

    /// Once a step, as the service's heartbeat does.
    func beat(at now: Timestamp) async {
        await supervisor.tick()
        await alerts.evaluate(await risk.view(at: now))
    }

    /// Ends this life: politely, or so that what was not written yet is lost.
    func end(abruptly isAbrupt: Bool) async throws {
        if isAbrupt { journal.die() }
        for life in lives { life.cancel() }
        for life in lives { await life.value }
        try store.checkpointAndClose()
    }
}
