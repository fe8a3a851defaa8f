import Alerts
import BrokerKit
import Logging
import PortfolioModel
import PortfolioStore
import Risk
import Supervision

/// The composition root: store, book, risk and brokers, put together once for the service and for one-shot commands.
package struct ServiceCore: Sendable {
    let configuration: ServiceConfiguration
    let store: PortfolioStore
    let supervisor: Supervisor
    let risk: RiskActor
    let recorder: Recorder
    let made: [MadeBroker]
    let clock: any ServiceClock
    let logger: Logger
    let startedAt: Timestamp
    /// Betas that `status` is made with.
    let betas = HeldBetas()
    /// Of a service; one-shot commands raise no alerts.
    var alerts: AlertActor?
    /// Set while the run is recorded.
    var recording: Recording?

    /// Opens the store (which takes the database's lock) and restores the book; nothing is connected yet.
    static func open(
        _ configuration: ServiceConfiguration, clock: any ServiceClock, logger: Logger, recording: Recording? = nil,
        rules: [AlertRule] = []
    ) async throws -> ServiceCore {
        let store = try PortfolioStore.open(
            configuration.databasePath, stamp: configuration.stamp, backups: configuration.backupDirectory,
            clock: clock, logger: logger)
        let stored = try store.loadBook(base: configuration.base)
        var book = Book(base: configuration.base)
        try book.restore(stored.changes, sequence: stored.sequence)
        let context = BrokerContext(
            clock: clock, seed: UInt64.random(in: 1...UInt64.max), logger: logger, recording: recording)
        let made = try BrokerCatalogue.entries.compactMap { try $0.make(configuration, context) }
        let startedAt = clock.now()
        recording?.begin(
            RecordedStart(
                configuration, brokers: made.map(\.broker.id), seed: context.seed, rules: rules, at: startedAt), stored)
        let risk = RiskActor(
            book: book, settings: configuration.riskSettings, now: startedAt, onStep: recording?.riskStep)
        let entries = EntryRecorder(store: store, known: try store.entryGreeks())
        let edges = try EdgeRecorder(
            store: store, calendar: configuration.supervisorSettings.calendar,
            multiCommodity: configuration.model.multiCommodity)
        let supervisor = Supervisor(
            book: book, brokers: made.map(\.broker), journal: StoreJournal(store: store),
            followers: [RiskFollower(risk: risk, clock: clock), entries, edges],
            settings: configuration.supervisorSettings,
            clock: recording?.clock(clock, of: "supervisor") ?? clock, logger: logger,
            onStep: recording?.supervisorStep)
        let recorder = Recorder(
            store: store, supervisor: supervisor, entries: entries, edges: edges,
            snapshotTime: configuration.snapshotTime, clock: clock, logger: logger)
        let core = ServiceCore(
            configuration: configuration, store: store, supervisor: supervisor, risk: risk, recorder: recorder,
            made: made, clock: clock, logger: logger, startedAt: startedAt, recording: recording)
        await supervisor.begin()
        await supervisor.set(configuration.rates)
        return core
    }

    /// The book valued now, with the supervisor's notes and the alerts that are raised among its alarms.
    func view() async -> PortfolioView {
        var view = await risk.view(at: clock.now())
        view.alarms += await supervisor.notes
        view.alarms += [recording?.alarm].compactMap { $0 }
        view.alarms += await alerts?.raisedTexts ?? []
        return view
    }

    /// Samples once more, releases transports, closes the store.
    func close() async {
        await recorder.tick(with: risk.view(at: clock.now()), force: true)
        for broker in made { await broker.shutdown() }
        recording?.finish()
        do { try store.checkpointAndClose() } catch {
            logger.error("the store did not close cleanly", metadata: ["error": "\(error)"])
        }
    }
}
