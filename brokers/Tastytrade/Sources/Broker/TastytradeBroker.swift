package import BrokerKit
package import Logging
package import PortfolioModel

/// Tastytrade: REST for whole states, the account streamer for changes, DXLink for prices and Greeks.
///
/// `run` delivers until cancelled. It recovers from everything by itself; what only a person can mend shows as
/// `needsLogin` or in the health message. One instance is one login.
package actor TastytradeBroker: Broker {
    package nonisolated let id = BrokerID("tastytrade")
    package nonisolated let capabilities: BrokerCapabilities = [
        .positions, .history, .quotes, .greeks, .priceHistory,
    ]
    package nonisolated let symbology: any Symbology = TastytradeSymbology()

    let configuration: TastytradeConfiguration
    let clock: any ServiceClock
    let logger: Logger
    let api: TastytradeAPI
    let feed: MarketFeed
    let accountStreamer: AccountStreamer
    private let webSockets: any WebSocketConnector

    /// Where `run` delivers; nil while it does not run.
    var sink: (any BrokerSink)?
    var health: ConnectionHealth
    var catalogue = InstrumentCatalogue()
    /// By account number.
    var ledgers: [String: AccountLedger] = [:]
    /// By underlying, for the day of the catalogue.
    var chains: [String: [WireDeliverable]] = [:]
    /// Accounts whose past transactions this run has read.
    var accountsWithHistory: Set<String> = []
    /// A reason to read everything again soon: the stream came up, or an order was filled.
    var isRoundWanted = false
    var reported = Reported()
    private var random: SeededGenerator
    private var round: Task<Void, any Error>?

    /// What was last told, so that only changes are delivered.
    struct Reported {
        var verdict: ConnectionHealth.Verdict?
        var streams: [StreamStatus] = []
        /// Data came since the last report.
        var isAlive = false
        var unreadable: [(place: String, reason: String)] = []
    }

    /// The transports must allow the configured hosts; the feed's host is checked here as well.
    package init(
        configuration: TastytradeConfiguration, http: any HTTPClient, webSockets: any WebSocketConnector,
        clock: any ServiceClock, seed: UInt64, logger: Logger
    ) {
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        self.webSockets = webSockets
        var seeds = SeededGenerator(seed: seed)
        let api = TastytradeAPI(
            configuration: configuration, http: http, clock: clock, seed: seeds.next(), logger: logger)
        self.api = api
        feed = MarketFeed(
            configuration: configuration, source: id, webSockets: webSockets, clock: clock, seed: seeds.next(),
            logger: logger
        ) { try await api.quoteToken() }
        accountStreamer = AccountStreamer(
            configuration: configuration, webSockets: webSockets, clock: clock, seed: seeds.next(), logger: logger
        ) { try await api.accessToken().secret }
        health = ConnectionHealth(reconcileInterval: configuration.reconcileInterval)
        random = SeededGenerator(seed: seeds.next())
    }

    package func run(_ sink: any BrokerSink) async throws {
        guard self.sink == nil else {
            throw BrokerError(.fatal, code: "already-running", "this broker runs already")
        }
        self.sink = sink
        health = ConnectionHealth(reconcileInterval: configuration.reconcileInterval)
        health.isFeedWanted = await feed.isWanted
        reported = Reported()
        defer { self.sink = nil }
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.keepRounds() }
                group.addTask { try await self.feed.run(self) }
                group.addTask { try await self.accountStreamer.run(self) }
                group.addTask { try await self.keepReporting() }
                group.addTask { try await self.keepWatchingStreams() }
                group.addTask { try await self.keepLookingUp() }
                try await group.waitForAll()
            }
        } catch is CancellationError {
            return
        }
    }

    /// `.stream` is remembered for the next run when the broker does not run; `.synchronize` throws then.
    package func perform(_ command: BrokerCommand) async throws {
        switch command {
        case .stream(let requests):
            health.isFeedWanted = !requests.isEmpty
            await feed.want(requests)
        case .dailyPrices(let requests, let start): try await deliverDailyPrices(requests, from: start, try running())
        case .synchronize: try await performRound(try running())
        }
    }

    private func running() throws(BrokerError) -> any BrokerSink {
        guard let sink else { throw BrokerError(.permanent, code: "not-running", "the broker is not running") }
        return sink
    }

    package func synchronizeOnce(_ sink: any BrokerSink) async throws {
        try await performRound(sink)
        var hasMore = true
        while hasMore { hasMore = try await lookUpEquityOptions(atMost: 10, sink) }
        await sink.deliver([.health(.live, message: nil), .alive(clock.now())])
    }

    /// Runs one full round; another one under way is let finish first, because it may have begun before the question.
    func performRound(_ sink: any BrokerSink) async throws {
        while let round { _ = await round.result }
        let task = Task {
            // Cleared before the task is over, so that whoever waits for it never meets it again.
            defer { round = nil }
            try await fullRound(sink)
        }
        round = task
        try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// A round at once, then one each interval or soon after something asked for it; after failures, with growing gaps.
    private func keepRounds() async throws {
        var backoff = Backoff(base: .seconds(2), cap: .seconds(300), resetAfter: .zero)
        while let sink {
            var due = clock.uptime() + configuration.reconcileInterval
            var isFailing = false
            do {
                isRoundWanted = false
                try await performRound(sink)
                backoff.succeeded(at: clock.uptime())
            } catch let error as BrokerError {
                isFailing = error.code != "accounts-failed"
                // A pause of the API's own is waited for, with a little jitter, rather than guessed at.
                let rest = error.code == "venue-paused" || error.code == "rate-limited" ? await api.pause : .zero
                let growing = backoff.next(using: &random)
                let pause = rest > .zero ? rest + min(growing, .seconds(2)) : growing
                due = clock.uptime() + (isFailing ? pause : min(pause, configuration.reconcileInterval))
                logger.warning("round failed", metadata: ["code": "\(error.code)", "reason": "\(error.message)"])
            }
            let earliest = clock.uptime() + .seconds(2)
            while clock.uptime() < due {
                try await clock.sleep(for: .seconds(1))
                if isRoundWanted, !isFailing, clock.uptime() >= earliest { break }
            }
        }
    }

    /// Tells what changed of health and streams, about once a second.
    private func keepReporting() async throws {
        while true {
            await report()
            try await clock.sleep(for: .seconds(1))
        }
    }

    /// Notes each time that the thread of the streams comes round.
    private func keepWatchingStreams() async throws {
        while true {
            await webSockets.awaitTurn()
            health.streamsTurned(at: clock.uptime())
            try await clock.sleep(for: .seconds(5))
        }
    }

    func report(first leading: [BrokerEvent] = []) async {
        guard let sink else { return }
        let streams = [await feed.status, await accountStreamer.status]
        for text in await feed.takeReports() { reported.unreadable.append(("dxlink", text)) }
        var events = leading
        events += reported.unreadable.map { .unreadable(place: $0.place, reason: $0.reason) }
        reported.unreadable = []
        let verdict = health.verdict(at: clock.uptime())
        if verdict != reported.verdict {
            // What a standing feed said last grows old.
            if health.isStalled(at: clock.uptime()) { events.append(.feedSilent) }
            reported.verdict = verdict
            events.append(.health(verdict.state, message: verdict.message))
        }
        for stream in streams where !reported.streams.contains(stream) { events.append(.stream(stream)) }
        reported.streams = streams
        if reported.isAlive { events.append(.alive(clock.now())) }
        reported.isAlive = false
        if !events.isEmpty { await sink.deliver(events) }
    }

    func masked(_ account: String) -> String { AccountKey(id, account).masked }
}
