import BrokerKit
import PortfolioModel
import PortfolioStore
import Risk
import Supervision

/// Answers requests from a running core, over the socket or in process.
struct LiveDesk: Sendable {
    let core: ServiceCore

    func answer(_ request: ControlRequest) async -> ControlResponse {
        do {
            switch request.command {
            case .documents(let query): return try await documents(query)
            case .synchronize(let broker): return try await synchronize(broker)
            case .importFile(let request): return try await importFile(request)
            case .importData(let request): return try await DataImport(core: core).respond(to: request)
            }
        } catch let error as CommandError {
            return .failed(error)
        } catch let error as StoreError {
            return .failed(CommandError(error))
        } catch {
            return .failed(CommandError("service-error", "\(error)", exit: .software))
        }
    }

    /// All documents asked for come from one view: one sequence, one time.
    func documents(_ query: DocumentQuery) async throws -> ControlResponse {
        let (view, book) = (await core.view(), await core.supervisor.book)
        var library = try library(of: view, book, query)
        if query.isAnalysis || query.names.contains(.status) {
            let desk = AnalysisDesk(
                engine: await core.risk.snapshot, at: view.at, configuration: core.configuration, store: core.store,
                options: DocumentOptions(unmask: query.unmask), keeps: true)
            if query.isAnalysis { library.analysis = desk }
            if query.names.contains(.status) {
                library.weighting = await core.betas.weighting(desk, view, uptime: core.clock.uptime())
            }
        }
        return try library.response(to: query)
    }

    /// The final documents of a run, which a recording keeps to compare with.
    func report(_ query: DocumentQuery) async throws -> ControlResponse {
        let (view, book) = (await core.view(), await core.supervisor.book)
        let library = try library(of: view, book, query)
        core.recording?.checkpoint(library, isReport: true)
        return try library.response(to: query)
    }

    /// How the documents stand, for a recording.
    func checkpoint() async {
        let (view, book) = (await core.view(), await core.supervisor.book)
        if let library = try? library(of: view, book, DocumentQuery(DocumentName.reported)) {
            core.recording?.checkpoint(library, isReport: false)
        }
    }

    private func library(of view: PortfolioView, _ book: Book, _ query: DocumentQuery) throws -> DocumentLibrary {
        let history =
            query.names.contains(.transactions)
            ? try core.store.transactions(account: query.account.map(book.account(named:)), limit: query.limit ?? 100)
            : []
        return DocumentLibrary(
            view: view, master: book.master, transactions: history,
            service: ServiceInfo(
                version: VersionCommand.number, startedAt: core.startedAt,
                environment: core.configuration.stamp.rawValue),
            catalogue: BrokerCatalogue.entries.map { $0.documented(core.made.contains($0.id)) },
            history: try MarketHistory(
                of: core.store, for: query, at: core.clock.now(), configuration: core.configuration))
    }

    /// One round over one or all brokers. A broker that is running is asked by command; in a one-shot core it is read
    /// once.
    func synchronize(_ name: String?) async throws -> ControlResponse {
        var targets = core.made.map(\.broker)
        if let name {
            targets = targets.filter { $0.id.name == name }
            if targets.isEmpty {
                throw CommandError(
                    "unknown-broker", "no broker \(name) is configured",
                    fix: "one of: \(core.made.map(\.broker.id.name).joined(separator: ", "))", exit: .usage)
            }
        }
        var outcomes: [SyncDocument.Outcome] = []
        for broker in targets.sorted(by: { $0.id < $1.id }) {
            do {
                try await broker.perform(.synchronize)
                outcomes.append(.init(broker: broker.id.name, ok: true, message: nil))
            } catch {
                outcomes.append(.init(broker: broker.id.name, ok: false, message: "\(error)"))
            }
        }
        return try await response(outcomes)
    }

    /// As `synchronize`, for a core whose brokers are not running.
    func synchronizeOnce(_ name: String?) async throws -> ControlResponse {
        var outcomes: [SyncDocument.Outcome] = []
        for broker in core.made.map(\.broker) where name == nil || broker.id.name == name {
            let sink = SupervisorSink(supervisor: core.supervisor, broker: broker.id)
            do {
                try await broker.synchronizeOnce(sink)
                outcomes.append(.init(broker: broker.id.name, ok: true, message: nil))
            } catch {
                outcomes.append(.init(broker: broker.id.name, ok: false, message: "\(error)"))
            }
        }
        if outcomes.isEmpty, let name {
            throw CommandError("unknown-broker", "no broker \(name) is configured", exit: .usage)
        }
        return try await response(outcomes)
    }

    private func response(_ outcomes: [SyncDocument.Outcome]) async throws -> ControlResponse {
        var response = ControlResponse()
        response.kind = .sync
        let document = SyncDocument(sequence: await core.supervisor.book.sequence, brokers: outcomes)
        response.result = try DocumentEncoder().text(document)
        response.exitStatus = outcomes.allSatisfy(\.ok) ? 0 : ExitStatus.findings.rawValue
        return response
    }

    func importFile(_ request: ImportRequest) async throws -> ControlResponse {
        let outcome = try await FileImport(core: core).run(request)
        let book = await core.supervisor.book
        var report = ImportReportDocument(
            outcome: request.dryRun ? .previewed : (outcome.applied ? .imported : .alreadyImported),
            broker: BrokerID(request.broker), fileName: request.fileName, sha256: outcome.sha256,
            document: outcome.document, preview: outcome.preview,
            accounts: Dictionary(uniqueKeysWithValues: book.accounts.values.map { ($0.key, $0.id) }),
            sequence: book.sequence, options: DocumentOptions(unmask: request.unmask))
        var response = ControlResponse()
        response.kind = .importReport
        if let refusal = outcome.refusal {
            report.refusal = ErrorText.item(refusal)
            response.exitStatus = refusal.exitStatus
        }
        response.result = try DocumentEncoder().text(report)
        return response
    }
}

/// Answers read requests from the database when no service runs; everything is as old as it is, and says so.
struct OfflineDesk: Sendable {
    let configuration: ServiceConfiguration
    let clock: any ServiceClock

    func documents(_ query: DocumentQuery) throws -> ControlResponse {
        let store = try PortfolioStore.openReadOnly(configuration.databasePath)
        let stored = try store.loadBook(base: configuration.base)
        var book = Book(base: configuration.base)
        try book.restore(stored.changes + stale(stored.changes), sequence: stored.sequence)
        let engine = RiskEngine(book: book, settings: configuration.riskSettings, now: clock.now())
        let view = engine.view(at: engine.now)
        let history =
            query.names.contains(.transactions)
            ? try store.transactions(account: query.account.map(book.account(named:)), limit: query.limit ?? 100) : []
        let analysis = AnalysisDesk(
            engine: engine, at: engine.now, configuration: configuration, store: store,
            options: DocumentOptions(unmask: query.unmask), keeps: false)
        let library = DocumentLibrary(
            view: view, master: book.master, transactions: history,
            service: ServiceInfo(
                version: VersionCommand.number, startedAt: nil, environment: store.stamp.rawValue),
            catalogue: BrokerCatalogue.entries.map { $0.documented(configuration.isEnabled($0.id)) },
            history: try MarketHistory(
                of: store, for: query, at: clock.now(), configuration: configuration),
            analysis: analysis, weighting: query.names.contains(.status) ? try? analysis.heldWeighting(view) : nil)
        return try library.response(to: query)
    }

    /// What is stored is stale as long as nobody asks the brokers or looks for newer files, as the marks are.
    /// Brokers are those that are enabled or have accounts.
    func stale(_ changes: [BookChange]) -> [BookChange] {
        let now = clock.now()
        var extra: [BookChange] = configuration.rates.map { .rate($0) }
        var holders: Set<BrokerID> = []
        for case .account(var account) in changes {
            holders.insert(account.key.broker)
            if account.state == .confirmed { account.state = .stale }
            extra.append(.account(account))
        }
        for entry in BrokerCatalogue.entries where configuration.isEnabled(entry.id) || holders.contains(entry.id) {
            extra.append(
                .broker(
                    BrokerStatus(broker: entry.id, state: .stopped, since: now, message: "no service is running")))
        }
        return extra
    }
}
