package import BrokerKit
package import Logging
package import PortfolioModel

/// The river: takes every broker's events, keeps the one book, numbers each change and hands it on.
///
/// The book changes only in `publish`, synchronously, so nobody sees half of a change; journal and followers are
/// awaited after it, in order, so that a broker that delivered has been heard by all.
package actor Supervisor {
    package struct Settings: Sendable {
        /// Sessions after which a file account is stale.
        package var staleAfterSessions: [BrokerID: Int]
        package var fileBrokers: Set<BrokerID>
        package var calendar: ExchangeCalendar
        package var declared: [AccountKey: AccountDeclaration]
        /// Symbols of what others are measured against: priced, held or not.
        package var benchmarks: [String]

        package init(
            staleAfterSessions: [BrokerID: Int] = [:], fileBrokers: Set<BrokerID> = [],
            calendar: ExchangeCalendar = .newYork, declared: [AccountKey: AccountDeclaration] = [:],
            benchmarks: [String] = []
        ) {
            self.staleAfterSessions = staleAfterSessions
            self.fileBrokers = fileBrokers
            self.calendar = calendar
            self.declared = declared
            self.benchmarks = benchmarks
        }

        func sessionLimit(of broker: BrokerID) -> Int { staleAfterSessions[broker] ?? 5 }

        /// What a file of that time says at `now`: confirmed until its sessions are over, then stale.
        package func state(ofFileAsOf asOf: Timestamp, _ broker: BrokerID, at now: Timestamp) -> FigureState {
            let age = calendar.sessions(after: calendar.zone.date(of: asOf), through: calendar.zone.date(of: now))
            return age > sessionLimit(of: broker) ? .stale : .confirmed
        }
    }

    private let settings: Settings
    private let clock: any ServiceClock
    private let logger: Logger
    private let brokers: [BrokerID: any Broker]
    private let journal: any UpdateJournal
    private let followers: [any UpdateFollower]

    package private(set) var book: Book
    private var normalizer: Normalizer
    private var connectivity: Connectivity
    private var unwritten: [PortfolioUpdate] = []
    private var isWriting = false
    private var lastRequests: [BrokerID: [MarketDataRequest]] = [:]
    private var benchmarks: Set<InstrumentID> = []
    private var journalFailure: String?
    private let onStep: (@Sendable (SupervisorStep) -> Void)?

    /// `onStep` hears what is about to be done, before the clock is read for it.
    package init(
        book: Book, brokers: [any Broker], journal: any UpdateJournal, followers: [any UpdateFollower],
        settings: Settings, clock: any ServiceClock, logger: Logger,
        onStep: (@Sendable (SupervisorStep) -> Void)? = nil
    ) {
        self.onStep = onStep
        self.book = book
        self.settings = settings
        self.clock = clock
        self.logger = logger
        self.journal = journal
        self.followers = followers
        self.brokers = Dictionary(uniqueKeysWithValues: brokers.map { ($0.id, $0) })
        normalizer = Normalizer(
            book: book, symbologies: self.brokers.mapValues { $0.symbology }, declared: settings.declared)
        connectivity = Connectivity(book.brokers)
    }

    /// What deserves a person's eye: identity conflicts, unreadable records, a store that does not take writes.
    package var notes: [String] {
        let lines = bookNotes
        onStep?(.noted(lines))
        return lines + [journalFailure].compactMap { $0 }
    }

    /// The notes that follow from the brokers' words alone.
    package var bookNotes: [String] { normalizer.notes.lines }

    /// Today's date as the listing exchange counts it.
    package var today: CalendarDate { settings.calendar.zone.date(of: clock.now()) }

    /// Starts every status afresh: after a restart nothing is live until it has spoken.
    package func begin() async {
        onStep?(.begin)
        var changes: [BookChange] = []
        let now = clock.now()
        for id in brokers.keys.sorted() {
            var status = book.brokers[id] ?? BrokerStatus(broker: id, state: .starting, since: now)
            (status.state, status.since, status.message) = (.starting, now, nil)
            status.streams = []
            changes.append(.broker(status))
            changes.append(.feedSilent(id))
        }
        // Also of a broker that configuration no longer enables: nobody confirms its accounts.
        for id in Set(book.sortedAccounts.map(\.key.broker)).subtracting(settings.fileBrokers).sorted() {
            changes += staleAccounts(of: id)
        }
        connectivity = Connectivity(
            Dictionary(
                uniqueKeysWithValues: changes.compactMap {
                    if case .broker(let status) = $0 { (status.broker, status) } else { nil }
                }))
        for symbol in settings.benchmarks {
            let adopted = normalizer.adopt(symbol, on: settings.calendar.zone.date(of: now))
            benchmarks.insert(adopted.id)
            changes += adopted.changes
        }
        await publish(changes)
        await age()
        requestMarketData()
    }

    /// Takes one batch of a broker's events; returns when the book has them and the followers have heard.
    package func receive(_ events: [BrokerEvent], from broker: BrokerID) async {
        onStep?(.received(events, from: broker))
        // Nearly all that comes: market data alone, which asks neither for the date nor for what is held.
        if events.count == 1, case .market(let batch) = events[0] { return await publish([.market(batch)]) }
        let now = clock.now()
        let today = today
        var changes: [BookChange] = []
        // A copy only where one event builds on another's account changes: market batches never pay for it.
        var scratch: Book?
        for event in events {
            let made = normalizer.changes(for: event, from: broker, in: scratch ?? book, on: today, at: now)
            if events.count > 1, made.contains(where: \.concernsAccounts) {
                scratch = scratch ?? book
                scratch?.preview(made)
            }
            changes += made
            let before = connectivity.statuses[broker]?.state
            if let status = connectivity.observe(event, from: broker, at: now) {
                tell(status, after: before)
                changes.append(.broker(status))
                if status.state.makesAccountsStale { changes += staleAccounts(of: broker) }
            }
        }
        scratch = nil
        await publish(changes)
        if changes.contains(where: \.concernsInstruments) { requestMarketData() }
    }

    /// A change of a broker's state is what an operator looks for after an outage.
    private func tell(_ status: BrokerStatus, after before: BrokerState?) {
        guard before != status.state else { return }
        logger.log(
            level: status.state.isHealthy ? .info : .notice, "a broker changed its state",
            metadata: [
                "broker": "\(status.broker)", "from": "\(before?.rawValue ?? "-")", "to": "\(status.state.rawValue)",
                "why": "\(status.message ?? "-")",
            ])
    }

    /// Numbers and applies changes, then lets journal and followers have them.
    private func publish(_ changes: [BookChange]) async {
        guard !changes.isEmpty else { return }
        let update = PortfolioUpdate(sequence: book.sequence + 1, at: clock.now(), changes: changes)
        do {
            try book.apply(update)
        } catch {
            logger.critical("an update does not fit the book", metadata: ["error": "\(error)"])
            // Safety: going on with half a change would show wrong money; a restart restores the last whole book.
            preconditionFailure("the supervisor made an update its own book refuses: \(error)")
        }
        if changes.contains(where: \.isDurable) { unwritten.append(update.durablePart) }
        for follower in followers {
            do { try await follower.follow(update) } catch {
                logger.notice("a follower starts again from a snapshot", metadata: ["error": "\(error)"])
                await follower.restart(from: book)
            }
        }
        try? await write()
    }

    /// Offers everything unwritten to the journal, oldest first, one writer at a time.
    private func write() async throws {
        while isWriting { try await clock.sleep(for: .milliseconds(1)) }
        guard !unwritten.isEmpty else { return }
        isWriting = true
        defer { isWriting = false }
        let batch = unwritten
        do {
            try await journal.commit(batch)
            unwritten.removeFirst(batch.count)
            journalFailure = nil
        } catch {
            if journalFailure == nil { logger.error("the store refused a write", metadata: ["error": "\(error)"]) }
            journalFailure = "store: \(unwritten.count) update(s) not written yet: \(error)"
            throw error
        }
    }

    /// Once a second: files grow old with sessions, refused writes are offered again.
    package func tick() async {
        onStep?(.tick)
        await age()
    }

    private func age() async {
        var changes: [BookChange] = []
        for id in settings.fileBrokers.sorted() where isConcerned(with: id) { changes += fileBrokerChanges(id) }
        await publish(changes)
        if !unwritten.isEmpty { try? await write() }
    }

    /// Whether a broker is enabled or has accounts here; of any other there is nothing to say.
    private func isConcerned(with broker: BrokerID) -> Bool {
        brokers[broker] != nil || book.accounts.values.contains { $0.key.broker == broker }
    }

    private func fileBrokerChanges(_ broker: BrokerID) -> [BookChange] {
        let now = clock.now()
        let limit = settings.sessionLimit(of: broker)
        var changes: [BookChange] = []
        var newest: Timestamp?
        for account in book.sortedAccounts where account.key.broker == broker {
            guard let asOf = account.asOf else { continue }
            newest = max(newest ?? asOf, asOf)
            let state = settings.state(ofFileAsOf: asOf, broker, at: now)
            if account.state != state {
                var changed = account
                changed.state = state
                changes.append(.account(changed))
            }
        }
        let fresh = newest.map { settings.state(ofFileAsOf: $0, broker, at: now) == .confirmed }
        let state: BrokerState = fresh.map { $0 ? .live : .stale } ?? .starting
        let message =
            fresh == nil
            ? "no file imported yet" : (fresh == false ? "newest file is older than \(limit) sessions" : nil)
        for event in [BrokerEvent.health(state, message: message)] + (newest.map { [.alive($0)] } ?? []) {
            if let status = connectivity.observe(event, from: broker, at: now) { changes.append(.broker(status)) }
        }
        return changes
    }

    private func staleAccounts(of broker: BrokerID) -> [BookChange] {
        book.sortedAccounts.filter { $0.key.broker == broker && $0.state == .confirmed }.map {
            var account = $0
            account.state = .stale
            return .account(account)
        }
    }

    /// Tells every feed what to stream, when that changed.
    private func requestMarketData() {
        for (id, broker) in brokers where broker.capabilities.contains(.quotes) {
            let requests = WantedInstruments().requests(for: book, by: broker.symbology, and: benchmarks)
            guard requests != lastRequests[id] else { continue }
            lastRequests[id] = requests
            let logger = logger
            Task {
                do { try await broker.perform(.stream(requests)) } catch {
                    logger.warning(
                        "a feed did not take its instruments", metadata: ["broker": "\(id)", "error": "\(error)"])
                }
            }
        }
    }

    /// The instruments a broker is to stream now; asked by a child after each restart.
    package func marketDataRequests(for broker: BrokerID) -> [MarketDataRequest] { lastRequests[broker] ?? [] }

    /// The instruments whose daily prices a broker is to be asked for.
    package func priceHistoryRequests(for broker: BrokerID) -> [MarketDataRequest] {
        guard let broker = brokers[broker], broker.capabilities.contains(.priceHistory) else { return [] }
        return WantedInstruments().histories(for: book, by: broker.symbology, and: benchmarks)
    }

    /// Configured or imported exchange rates. Those that say nothing new are passed over.
    package func set(_ rates: [FXRate]) async {
        onStep?(.rates(rates))
        await publish(rates.filter(book.rates.accepts).map { .rate($0) })
    }
}

// MARK: - Files

extension Supervisor {
    /// What an import would do, compared with the book as it is.
    package func preview(_ document: ImportDocument, of broker: BrokerID) -> ImportPreview {
        var probe = normalizer
        return ImportPreview(document, of: broker, book: book, normalizer: &probe, on: today)
    }

    /// Applies a file whole and waits until it is stored. Throws what the journal threw: then the file is in the book
    /// but not known to be written, and importing it again is safe.
    package func apply(_ document: ImportDocument, of broker: BrokerID, batch: ImportBatch) async throws
        -> ImportPreview
    {
        let preview = preview(document, of: broker)
        await take(document, of: broker, batch: batch)
        await age(broker)
        if !unwritten.isEmpty { try await write() }
        return preview
    }

    /// The part of an import that the file decides.
    package func take(_ document: ImportDocument, of broker: BrokerID, batch: ImportBatch) async {
        onStep?(.imported(document, of: broker, batch))
        let today = today
        var batch = batch
        var changes: [BookChange] = []
        for snapshot in document.snapshots {
            changes += normalizer.changes(for: snapshot, from: broker, in: book, on: today)
            if let id = normalizer.knownAccount(snapshot.account.number, broker) { batch.accounts.append(id) }
        }
        changes.append(.imported(batch))
        await publish(changes)
        if changes.contains(where: \.concernsInstruments) { requestMarketData() }
    }

    /// How old a broker's files are now.
    package func age(_ broker: BrokerID) async {
        onStep?(.aged(broker))
        await publish(fileBrokerChanges(broker))
    }

    package func knownAccount(_ number: String, _ broker: BrokerID) -> Account? {
        normalizer.knownAccount(number, broker).flatMap { book.accounts[$0] }
    }
}
