import Alerts
import BrokerKit
import Logging
import PortfolioModel
import Risk
import Supervision

/// Takes a recording's steps again: the supervisor, the risk engine and the alert rules are the service's own, the
/// order and the clock are the recorded ones. Stops at the first difference.
struct Replay: ~Copyable {
    private let start: RecordedStart
    private var turns: ReplayTurns
    /// What stands before anything the supervisor took.
    private let opening: [RecordedStep]
    private let clock = ReplayClock()
    private let follower = ReplayFollower()
    private let supervisor: Supervisor
    private let until: UInt64?
    private var engine: RiskEngine
    private var alerts: AlertEngine
    private var views: [PortfolioView] = []
    private var wire = ReplayWire()
    private var transitions: [String] = []
    private(set) var outcome = ReplayOutcome()

    /// `until` ends the replay when the book has that sequence. Throws `CommandError` for a recording without a book.
    init(_ recording: consuming RecordingReader, until: UInt64?) throws {
        var turns = ReplayTurns(recording)
        let start = turns.start
        let opening = try turns.next() ?? []
        guard case .stored(let changes, let sequence)? = opening.first else {
            throw CommandError("recording-damaged", "the recording has no book", exit: .dataError)
        }
        let settings = start.configuration
        var book = Book(base: start.base)
        try book.restore(changes, sequence: sequence)
        let brokers = start.brokers.compactMap { id in
            BrokerCatalogue.entries.first { $0.id == id }.map {
                ReplayBroker(id: id, capabilities: $0.capabilities, symbology: $0.symbology)
            }
        }
        supervisor = Supervisor(
            book: book, brokers: brokers, journal: ReplayJournal(), followers: [follower],
            settings: settings.supervisorSettings, clock: clock,
            logger: Logger(label: "replay") { _ in SwiftLogNoOpLogHandler() })
        engine = RiskEngine(book: book, settings: settings.riskSettings, now: start.valuedAt)
        alerts = AlertEngine(rules: start.rules)
        (self.start, self.opening, self.until) = (start, opening, until)
        self.turns = turns
    }

    mutating func run() async throws {
        // The line that says how the run began.
        outcome.steps = 1
        try await take(opening)
        while outcome.divergence == nil, let turn = try turns.next() {
            if let until, await supervisor.book.sequence >= until { break }
            clock.load(turn.readings)
            try await take(turn)
        }
        outcome.sequence = await supervisor.book.sequence
        outcome.isTorn = turns.isTorn
        outcome.isClosed = turns.isClosed
        (outcome.messages, outcome.unreadable) = (wire.readCount, wire.unreadable)
        finish()
    }

    private mutating func take(_ turn: [RecordedStep]) async throws {
        for step in turn where outcome.divergence == nil {
            try await take(step)
            if clock.ranOut { diverge("clock", "one reading fewer", "one reading more") }
            outcome.steps += 1
        }
    }

    private mutating func take(_ step: RecordedStep) async throws {
        switch step {
        case .begin: await supervisor.begin()
        case .tick: await supervisor.tick()
        case .rates(let rates): await supervisor.set(rates)
        case .received(let events, let broker):
            diverge(wire.delivered(events, by: broker))
            await supervisor.receive(events, from: broker)
        case .imported(let file): try await take(file)
        case .aged(let broker): await supervisor.age(broker)
        case .noted(let lines):
            let notes = await supervisor.bookNotes
            if notes != lines { diverge("notes", "\(lines)", "\(notes)") }
        case .risk(let step): try take(step)
        case .evaluated(let recorded): evaluate(recorded)
        case .fired(let recorded):
            if recorded != transitions { diverge("alerts", "\(recorded)", "\(transitions)") }
            outcome.alerts += transitions
            transitions = []
        case .checkpoint(let recorded, let documents, let isReport): try compare(recorded, documents, isReport)
        case .exchange(let exchange): wire.take(exchange)
        case .socket(let socket):
            let wanted = await supervisor.marketDataRequests(for: BrokerID(socket.broker))
            diverge(wire.take(socket, wanted: wanted))
        case .start, .stored, .now, .uptime, .slept, .end: break
        }
    }

    private func take(_ file: RecordedFile) async throws {
        let entry = BrokerCatalogue.entries.first { $0.id == file.broker }
        guard let reader = entry?.reader else { return }
        let document = try reader.read(fileName: file.fileName, bytes: file.body.bytes, asOf: file.asOf)
        await supervisor.take(
            document, of: file.broker,
            batch: ImportBatch(
                sha256: "", broker: file.broker, fileName: file.fileName, layout: document.layout, asOf: document.asOf,
                importedAt: file.importedAt, accounts: [], bytes: []))
    }

    private mutating func take(_ step: RiskStep) throws {
        switch step {
        case .applied(let sequence): try engine.apply(follower.take(through: sequence))
        case .replaced(let sequence, let now):
            var book = engine.book
            for update in follower.take(through: sequence) { try book.apply(update) }
            engine = RiskEngine(book: book, settings: engine.settings, now: now, memory: engine.memory)
        case .viewed(_, let now):
            engine.advance(to: now)
            views.append(engine.view(at: now))
            // Several readers may look before one of their views is spoken of.
            if views.count > 16 { views.removeFirst() }
        }
        let sequence: UInt64 =
            switch step {
            case .applied(let sequence), .replaced(let sequence, _), .viewed(let sequence, _): sequence
            }
        if engine.book.sequence != sequence { diverge("sequence", "\(sequence)", "\(engine.book.sequence)") }
    }

    private mutating func evaluate(_ recorded: RecordedView) {
        // What the rules said of the view before, and the recording does not know of.
        if !transitions.isEmpty { return diverge("alerts", "[]", "\(transitions)") }
        guard let view = view(recorded) else { return }
        transitions = alerts.evaluate(view).map(\.description)
        outcome.view = view
    }

    private mutating func compare(
        _ recorded: RecordedView, _ documents: [DocumentName: String], _ isReport: Bool
    ) throws {
        guard let view = view(recorded) else { return }
        let replayed = try self.documents(of: view)
        for name in DocumentName.reported where outcome.divergence == nil {
            outcome.divergence = Divergence.between(
                documents[name] ?? "", replayed[name] ?? "", in: name.rawValue, at: view.sequence)
        }
        outcome.checkpoints += 1
        outcome.view = view
        if isReport { outcome.report = replayed }
    }

    /// The view that was spoken of, with the alarms that are not the engine's own.
    private mutating func view(_ recorded: RecordedView) -> PortfolioView? {
        guard var view = views.last(where: { $0.at == recorded.at && $0.sequence == recorded.sequence }) else {
            diverge("view", "sequence \(recorded.sequence) at \(recorded.at)", "not seen")
            return nil
        }
        guard recorded.alarms.starts(with: view.alarms) else {
            diverge("alarms", "\(recorded.alarms)", "\(view.alarms)")
            return nil
        }
        view.alarms = recorded.alarms
        return view
    }

    private func documents(of view: PortfolioView) throws -> [DocumentName: String] {
        try DocumentLibrary(
            view: view, master: InstrumentMaster(), transactions: [], service: start.service, catalogue: []
        ).response(to: DocumentQuery(DocumentName.reported)).documents
    }

    private mutating func diverge(_ difference: WireDifference?) {
        guard let difference else { return }
        diverge("feed", difference.recorded, difference.replayed)
    }

    private mutating func diverge(_ document: String, _ recorded: String, _ replayed: String) {
        guard outcome.divergence == nil else { return }
        outcome.divergence = Divergence(
            sequence: engine.book.sequence, document: document, path: "$", recorded: recorded, replayed: replayed)
    }

    /// What `--out` writes: the report of the run where it got that far, else the book as far as it came.
    private mutating func finish() {
        if !transitions.isEmpty, outcome.divergence == nil, until == nil {
            // The last evaluation's alerts may be what a crash cut off.
            outcome.alerts += transitions
        }
        guard outcome.report == nil, let view = reached() else { return }
        outcome.view = view
        outcome.report = try? documents(of: view)
    }

    /// The view of what the supervisor's book came to, which no reader may have looked at; after a difference the last
    /// view there was.
    private mutating func reached() -> PortfolioView? {
        if outcome.divergence == nil {
            let pending = follower.take(through: outcome.sequence)
            guard pending.isEmpty || (try? engine.apply(pending)) != nil else { return views.last }
            let now = max(views.last?.at ?? start.valuedAt, clock.last)
            engine.advance(to: now)
            views.append(engine.view(at: now))
        }
        guard let view = views.last else { return nil }
        if let spoken = outcome.view, spoken.at == view.at, spoken.sequence == view.sequence { return spoken }
        return view
    }
}

extension RecordedStart {
    /// The configuration as far as figures depend on it.
    var configuration: ServiceConfiguration {
        ServiceConfiguration(
            file: nil, isSandbox: isSandbox, base: base, session: session, accounts: accounts, portfolios: [],
            tastytrade: TastytradeSettings(), fidelity: fidelity, limits: limits, model: model,
            analysis: AnalysisSettings(), rates: [], fx: fx ?? FXSettings(), betas: betas ?? BetaSettings(index: ""),
            alertsPath: nil, inboxPath: "", databasePath: "", backupDirectory: "", socketPath: "", logFilePath: "",
            logLevel: .error, snapshotTime: TimeOfDay(hour: 16, minute: 15), entries: [])
    }
}
