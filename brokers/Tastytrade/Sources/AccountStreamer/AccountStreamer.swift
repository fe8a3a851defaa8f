import BrokerKit
import Logging
import PortfolioModel

/// Who hears what the account stream says. Calls come one after another.
protocol AccountStreamObserver: Sendable {
    /// Connected: what happened before is not told, so read it over REST now.
    func accountStreamReady() async
    func accountStreamHeard(_ messages: [AccountStreamMessage]) async
    func accountStreamLost(_ message: String) async
}

/// The conversation with the account streamer, reconnecting with back-off. The rules are `AccountStreamSession`'s.
actor AccountStreamer {
    private let configuration: TastytradeConfiguration
    private let accessToken: @Sendable () async throws -> SecretString
    private let webSockets: any WebSocketConnector
    private let clock: any ServiceClock
    private let logger: Logger
    private var random: SeededGenerator
    private var backoff = Backoff(base: .seconds(1), cap: .seconds(120), resetAfter: .seconds(60))
    private var accounts: [String] = []
    /// Those the present connection was made for.
    private var followed: [String]?
    private var session: AccountStreamSession?
    private var lastEventAt: Timestamp?
    /// Kinds of notification that were passed over, and how often.
    private var ignored: [String: Int] = [:]

    init(
        configuration: TastytradeConfiguration, webSockets: any WebSocketConnector, clock: any ServiceClock,
        seed: UInt64, logger: Logger, accessToken: @escaping @Sendable () async throws -> SecretString
    ) {
        self.configuration = configuration
        self.webSockets = webSockets
        self.clock = clock
        self.logger = logger
        self.accessToken = accessToken
        random = SeededGenerator(seed: seed)
    }

    var status: StreamStatus {
        let isConnected = session?.isConnected == true
        return StreamStatus(
            name: "account", subscribed: accounts.count, receiving: isConnected ? accounts.count : 0,
            lastEventAt: lastEventAt)
    }

    /// The accounts to follow, once they are known. When they change, the stream is connected anew.
    func follow(_ numbers: [String]) { accounts = numbers }

    /// Follows until cancelled. Without accounts there is no connection.
    func run(_ observer: any AccountStreamObserver) async throws {
        while true {
            try Task.checkCancellation()
            guard !accounts.isEmpty else {
                try await clock.sleep(for: .seconds(1))
                continue
            }
            let words: String
            do {
                words = try await converse(observer)
            } catch let error as BrokerError {
                words = error.message
            } catch let error as TransportError {
                try Task.checkCancellation()
                words = AccountStreamEnd.disconnected(error.code.rawValue).words
            }
            logger.info("account stream ended", metadata: ["reason": "\(words)"])
            await observer.accountStreamLost(words)
            try await clock.sleep(for: backoff.next(using: &random))
        }
    }

    private func converse(_ observer: any AccountStreamObserver) async throws -> String {
        _ = try await accessToken()
        let connection = try await webSockets.connect(
            WebSocketRequest(
                url: configuration.accountStreamerURL, headers: [HTTPHeader("User-Agent", configuration.userAgent)]))
        var session = AccountStreamSession(
            stepTimeout: configuration.stepTimeout, heartbeatInterval: configuration.heartbeatInterval,
            silenceLimit: configuration.silenceLimit)
        let opening = session.opened(at: clock.uptime())
        self.session = session
        defer {
            self.session = nil
            followed = nil
        }
        do {
            _ = try await perform(opening, connection, observer)
        } catch {
            await connection.close()
            throw error
        }
        let end = await ConnectionLoop.run(connection, clock: clock) { messages in
            try await self.receive(messages, connection, observer)
        } tick: {
            try await self.tick(connection, observer)
        }
        try Task.checkCancellation()
        switch end {
        case .decided(let reason): return reason.words
        case .disconnected(let words): return AccountStreamEnd.disconnected(words).words
        }
    }

    private func tick(
        _ connection: any WebSocketConnection, _ observer: any AccountStreamObserver
    ) async throws -> AccountStreamEnd? {
        if let followed, followed != accounts { return .disconnected("the list of accounts changed") }
        return try await perform(session?.tick(at: clock.uptime()) ?? [], connection, observer)
    }

    private func receive(
        _ batch: [WebSocketMessage], _ connection: any WebSocketConnection, _ observer: any AccountStreamObserver
    ) async throws -> AccountStreamEnd? {
        let uptime = clock.uptime()
        session?.heard(at: uptime)
        backoff.succeeded(at: uptime)
        var actions: [AccountStreamSession.Action] = []
        var news: [AccountStreamMessage] = []
        for frame in batch {
            let messages: [AccountStreamMessage]
            do {
                messages = try AccountStreamMessage.decode(frame.bytes)
            } catch {
                messages = [.unreadable("a frame: \(error)")]
            }
            for message in messages {
                switch message {
                case .ack(let action, let isOK, let text):
                    actions +=
                        session?.acknowledged(action: action, isOK: isOK, message: text, at: uptime) ?? []
                case .ignored(let type):
                    if ignored.updateValue((ignored[type] ?? 0) + 1, forKey: type) == nil {
                        logger.info("notifications passed over", metadata: ["type": "\(type)"])
                    }
                case .position, .balance, .order, .unreadable: news.append(message)
                }
            }
        }
        if !news.isEmpty {
            lastEventAt = clock.now()
            await observer.accountStreamHeard(news)
        }
        return try await perform(actions, connection, observer)
    }

    private func perform(
        _ actions: [AccountStreamSession.Action], _ connection: any WebSocketConnection,
        _ observer: any AccountStreamObserver
    ) async throws -> AccountStreamEnd? {
        for action in actions {
            switch action {
            case .connect(let id):
                followed = accounts
                let value = accounts.map(JSONText.quoted).joined(separator: ",")
                try await send("connect", id, #","value":[\#(value)]"#, connection)
            case .heartbeat(let id): try await send("heartbeat", id, "", connection)
            case .ready: await observer.accountStreamReady()
            case .end(let reason): return reason
            }
        }
        return nil
    }

    /// Every message carries a token that serves at the time.
    private func send(
        _ action: String, _ id: Int, _ value: String, _ connection: any WebSocketConnection
    ) async throws {
        let token = JSONText.quoted("Bearer " + (try await accessToken()).reveal())
        let source = JSONText.quoted(configuration.userAgent)
        try await connection.send(
            text: #"{"action":"\#(action)"\#(value),"auth-token":\#(token),"request-id":\#(id),"source":\#(source)}"#)
    }
}

extension AccountStreamEnd {
    /// For people.
    var words: String {
        switch self {
        case .connectTimedOut: "the account stream did not answer"
        case .silent: "the account stream fell silent"
        case .refused(let action, let text): "the account stream refused \(action) (\(text))"
        case .disconnected(let text): "the account stream disconnected (\(text))"
        }
    }
}
