import BrokerKit
import Logging
import PortfolioModel

/// Who hears what the feed says. Calls come one after another.
protocol MarketFeedObserver: Sendable {
    func feedReceived(_ batch: MarketBatch) async
    /// The channel takes subscriptions; nothing was heard of them yet.
    func feedConnected() async
    func feedLost(_ message: String) async
}

/// The conversation with the DXLink server: one connection, one channel, reconnects with back-off. The rules are
/// `DXLinkSession`'s; this actor performs them.
actor MarketFeed {
    private let configuration: TastytradeConfiguration
    private let source: BrokerID
    private let quoteToken: @Sendable () async throws -> QuoteToken
    private let webSockets: any WebSocketConnector
    let clock: any ServiceClock
    private let logger: Logger
    private var random: SeededGenerator
    private var backoff = Backoff(base: .milliseconds(500), cap: .seconds(60), resetAfter: .seconds(60))
    private var requests = FeedRequests([])
    private var reader: FeedReader
    private var token: (value: QuoteToken, endsAt: Duration)?
    private var refusals = 0
    private var session: DXLinkSession?
    private var connection: (any WebSocketConnection)?
    private var outbox: [DXLinkRequest] = []
    private var isSending = false
    private var lastEventAt: Timestamp?
    private var unreadable = 0
    private var reports: [String] = []
    private var candles: CandleDownload?
    /// Channels of candle downloads are opened one after another, away from the market data's.
    private var candleChannel = 101

    init(
        configuration: TastytradeConfiguration, source: BrokerID, webSockets: any WebSocketConnector,
        clock: any ServiceClock, seed: UInt64, logger: Logger,
        quoteToken: @escaping @Sendable () async throws -> QuoteToken
    ) {
        self.configuration = configuration
        self.source = source
        self.webSockets = webSockets
        self.clock = clock
        self.logger = logger
        self.quoteToken = quoteToken
        random = SeededGenerator(seed: seed)
        reader = FeedReader(source: source)
    }

    var isWanted: Bool { !requests.isEmpty }

    var status: StreamStatus {
        StreamStatus(
            name: "dxlink", subscribed: requests.handles.count, receiving: connection == nil ? 0 : reader.heardCount,
            lastEventAt: lastEventAt)
    }

    /// What could not be read since the last call, and errors that the conversation survived; in words.
    func takeReports() -> [String] {
        if unreadable > 0 { reports.append("\(unreadable) row(s) or frame(s) could not be read") }
        unreadable = 0
        defer { reports = [] }
        return reports
    }

    /// Replaces the set of instruments to stream.
    func want(_ wanted: [MarketDataRequest]) async {
        requests = FeedRequests(wanted)
        reader.want(requests.handles)
        guard session != nil else { return }
        enqueue(session?.want(requests.subscriptions, at: clock.uptime()) ?? [])
        // A send that fails ends the connection, which its reader notices.
        try? await drain()
    }

    /// Streams until cancelled. Without anything wanted there is no connection.
    func run(_ observer: any MarketFeedObserver) async throws {
        while true {
            try Task.checkCancellation()
            guard isWanted else {
                try await clock.sleep(for: .seconds(1))
                continue
            }
            var delay: Duration
            do {
                let end = try await converse(observer)
                delay = self.delay(after: end)
                logger.info("feed ended", metadata: ["reason": "\(end.words)"])
                await observer.feedLost(end.words)
            } catch let error as BrokerError {
                delay = backoff.next(using: &random)
                if error.classification == .permanent { delay = configuration.loginHold }
                await observer.feedLost(error.message)
            } catch let error as TransportError {
                try Task.checkCancellation()
                delay = backoff.next(using: &random)
                await observer.feedLost(DXLinkEnd.disconnected(error.code.rawValue).words)
            }
            try await clock.sleep(for: delay)
        }
    }

    /// Nothing to wait for when it was our own wish; long when fresh tokens are refused.
    private func delay(after end: DXLinkEnd) -> Duration {
        switch end {
        case .tokenAged:
            token = nil
            return .zero
        case .unauthorized:
            token = nil
            refusals += 1
            return refusals > 1 ? configuration.loginHold : backoff.next(using: &random)
        default: return backoff.next(using: &random)
        }
    }

    private func currentToken() async throws -> (value: QuoteToken, endsAt: Duration) {
        if let token, clock.uptime() < token.endsAt { return token }
        let value = try await quoteToken()
        let fresh = (value: value, endsAt: clock.uptime() + configuration.quoteTokenLifetime)
        token = fresh
        return fresh
    }

    private func converse(_ observer: any MarketFeedObserver) async throws -> DXLinkEnd {
        let token = try await currentToken()
        let url = configuration.dxlinkURL ?? token.value.dxlinkURL
        do {
            try EndpointPolicy(allowedHosts: configuration.allowedFeedHosts).check(url)
        } catch {
            throw BrokerError(.permanent, code: "feed-host-refused", "the feed's address is refused: \(error.message)")
        }
        let connection = try await webSockets.connect(
            WebSocketRequest(url: url, headers: [HTTPHeader("User-Agent", configuration.userAgent)]))
        self.connection = connection
        reader.forgetHeard()
        reader.resetLayouts()
        outbox = []
        var session = DXLinkSession(
            DXLinkSession.Settings(
                token: token.value.token, aggregationPeriod: configuration.aggregationPeriod,
                stepTimeout: configuration.stepTimeout, keepaliveInterval: configuration.keepaliveInterval,
                silenceLimit: configuration.silenceLimit, tokenEndsAt: token.endsAt))
        _ = session.want(requests.subscriptions, at: clock.uptime())
        enqueue(session.opened(at: clock.uptime()))
        self.session = session
        let end = await ConnectionLoop.run(connection, clock: clock) { messages in
            try await self.receive(messages, observer)
        } tick: {
            try await self.tick()
        }
        self.session = nil
        self.connection = nil
        candles = nil
        try Task.checkCancellation()
        switch end {
        case .decided(let reason): return reason
        case .disconnected(let words): return .disconnected(words)
        }
    }

    private func tick() async throws -> DXLinkEnd? {
        perform(candles?.tick(at: clock.uptime()) ?? [])
        let end = enqueue(session?.tick(at: clock.uptime()) ?? [])
        try await drain()
        return end
    }

    /// Handles one batch of frames: everything it says of the market goes on in one piece.
    private func receive(
        _ messages: [WebSocketMessage], _ observer: any MarketFeedObserver
    ) async throws -> DXLinkEnd? {
        let now = clock.now()
        let uptime = clock.uptime()
        reader.begin(receivedAt: now)
        var end: DXLinkEnd?
        var isReady = false
        for message in messages where end == nil {
            if candles != nil, takeCandles(message.bytes, at: uptime) { continue }
            if let channel = reader.scan(message.bytes) {
                if session?.receivedData(on: channel, at: uptime) == true { reader.keep() }
                continue
            }
            do throws(JSONError) {
                let frame = try DXLinkMessage(message.bytes)
                let actions = session?.received(frame, at: uptime) ?? []
                for case .decode(let range) in actions {
                    unreadable += try reader.decode(message.bytes, in: range)
                }
                isReady = isReady || actions.contains(.ready)
                end = enqueue(actions)
            } catch {
                unreadable += 1
            }
        }
        // Before the first await: `want` begins another batch.
        let batch = reader.batch
        try await drain()
        if isReady { await observer.feedConnected() }
        if !batch.isEmpty {
            lastEventAt = now
            refusals = 0
            backoff.succeeded(at: uptime)
            await observer.feedReceived(batch)
        }
        return end
    }

    // MARK: - Candles

    func beginCandles(_ symbols: [String], from start: Timestamp) throws(BrokerError) {
        guard session?.isLive == true, connection != nil else {
            throw BrokerError(.retryable, code: "feed-not-connected", "the feed is not connected")
        }
        guard candles == nil else {
            throw BrokerError(.retryable, code: "candles-busy", "another download of candles is under way")
        }
        let download = CandleDownload(
            symbols, from: start, channel: candleChannel, patience: configuration.stepTimeout, at: clock.uptime())
        candleChannel += 2
        candles = download
        perform(download.begin())
    }

    /// How the download stands; once it is over it is forgotten.
    func takeCandleOutcome() -> CandleOutcome {
        guard let download = candles else { return .failed("the feed's connection ended") }
        guard download.isOver else { return .pending }
        candles = nil
        return download.failure.map { .failed($0) } ?? .done(download.candles)
    }

    /// Forgets the download; the server is told.
    func abandonCandles() {
        guard let channel = candles?.channel else { return }
        candles = nil
        outbox.append(.closeChannel(channel))
    }

    /// Whether a frame belongs to the download.
    private func takeCandles(_ frame: [UInt8], at uptime: Duration) -> Bool {
        guard let channel = candles?.channel, let message = try? DXLinkMessage(frame), message.channel == channel else {
            return false
        }
        _ = session?.received(message, at: uptime)
        perform(candles?.received(message, frame, at: uptime) ?? [])
        return true
    }

    private func perform(_ actions: [CandleDownload.Action]) {
        for action in actions {
            switch action {
            case .send(let request): outbox.append(request)
            case .unreadable(let count): unreadable += count
            }
        }
    }

    /// Carries out what needs no waiting, and queues the sends.
    @discardableResult
    private func enqueue(_ actions: [DXLinkSession.Action]) -> DXLinkEnd? {
        for action in actions {
            switch action {
            case .send(let request): outbox.append(request)
            case .configure(let fields): reader.configure(fields)
            case .forgetLayouts: reader.resetLayouts()
            case .report(let text): if reports.count < 20 { reports.append(text) }
            case .end(let reason): return reason
            case .ready, .decode: break
            }
        }
        return nil
    }

    /// Sends what is queued, in order; whoever comes while that goes on leaves it to the one who began.
    func drain() async throws {
        guard !isSending else { return }
        isSending = true
        defer { isSending = false }
        while !outbox.isEmpty, let connection {
            let request = outbox.removeFirst()
            try await connection.send(text: request.text)
        }
    }
}

extension DXLinkEnd {
    /// For people.
    var words: String {
        switch self {
        case .stepTimedOut(let step): "the feed did not answer \(step)"
        case .silent: "the feed fell silent"
        case .unauthorized(let text): "the feed refused the quote token (\(text))"
        case .tokenAged: "the quote token is being renewed"
        case .serverError(let text): "the feed reported \(text)"
        case .protocolViolation(let text): "the feed broke its protocol: \(text)"
        case .disconnected(let text): "the feed disconnected (\(text))"
        }
    }
}
