import BrokerKit

/// Why a feed connection is to end.
enum DXLinkEnd: Sendable, Equatable {
    /// A step of the handshake was not answered in time; which.
    case stepTimedOut(String)
    /// Nothing at all was heard for the silence limit.
    case silent
    /// The token was refused, or the server withdrew the authorisation.
    case unauthorized(String)
    /// The token nears its end: reconnect with a new one.
    case tokenAged
    case serverError(String)
    /// The server says things out of order, or keeps closing the channel.
    case protocolViolation(String)
    /// The socket ended; in its words.
    case disconnected(String)
}

/// The rules of one DXLink connection (protocol notes, section 5). A pure value: every method returns what to do.
///
/// SETUP is answered by SETUP and AUTH_STATE; the token goes out only after AUTH_STATE said UNAUTHORIZED, because a
/// token sent earlier breaks the session now and then. Then one channel, FEED_SETUP, FEED_CONFIG, subscriptions.
struct DXLinkSession: Sendable {
    struct Settings: Sendable {
        var token: SecretString
        var aggregationPeriod = 0.25
        var stepTimeout: Duration = .seconds(10)
        var keepaliveInterval: Duration = .seconds(30)
        var silenceLimit: Duration = .seconds(60)
        /// Uptime at which the token is too old.
        var tokenEndsAt: Duration
    }

    enum Action: Sendable, Equatable {
        case send(DXLinkRequest)
        /// The channel takes subscriptions now; they follow as sends.
        case ready
        /// Merge these layouts into the decoder's.
        case configure([String: [String]])
        /// A new channel begins: forget the layouts.
        case forgetLayouts
        case decode(Range<Int>)
        /// An error that the conversation survives.
        case report(String)
        case end(DXLinkEnd)
    }

    private enum State: Equatable {
        /// -> awaitingSetup
        case idle
        /// -> awaitingAuthState, ended
        case awaitingSetup
        /// -> awaitingAuthorization, awaitingChannel (a server that wants no token), ended
        case awaitingAuthState
        /// -> awaitingChannel, ended
        case awaitingAuthorization
        /// -> awaitingConfig, ended
        case awaitingChannel
        /// -> live, ended
        case awaitingConfig
        /// -> awaitingChannel (the server closed the channel), ended
        case live
        case ended
    }

    /// More channels than this were not meant to be closed one after another.
    private static let maximumChannels = 5

    private let settings: Settings
    private var state = State.idle
    private var stepDeadline: Duration?
    private var lastInbound: Duration = .zero
    private var lastOutbound: Duration = .zero
    private var keepaliveInterval: Duration
    private var channel = 1
    private var wanted: Set<FeedSubscription> = []
    private var sent: Set<FeedSubscription> = []

    init(_ settings: Settings) {
        self.settings = settings
        keepaliveInterval = settings.keepaliveInterval
    }

    var isLive: Bool { state == .live }

    /// The socket is open.
    mutating func opened(at uptime: Duration) -> [Action] {
        guard state == .idle else { return end(.protocolViolation("opened twice")) }
        lastInbound = uptime
        return step(to: .awaitingSetup, at: uptime, .setup(keepalive: 60))
    }

    mutating func received(_ message: DXLinkMessage, at uptime: Duration) -> [Action] {
        guard state != .ended, state != .idle else { return [] }
        lastInbound = uptime
        switch message {
        case .setup(let timeout): return receivedSetup(timeout, at: uptime)
        case .keepalive, .unknown: return []
        case .authState(let isAuthorized):
            return isAuthorized ? authorized(at: uptime) : unauthorized(at: uptime)
        case .error(let channel, let type, let message):
            return failed(channel: channel, type: type, message)
        case .channelOpened(let id):
            guard state == .awaitingChannel, id == channel else { return [] }
            return step(
                to: .awaitingConfig, at: uptime,
                .feedSetup(channel: channel, aggregationPeriod: settings.aggregationPeriod))
        case .channelClosed(let id): return id == channel ? channelClosed(at: uptime) : []
        case .feedConfig(let id, let fields):
            guard id == channel else { return [] }
            return configured(fields, at: uptime)
        case .feedData(let id, let data): return takesData(on: id) ? [.decode(data)] : []
        }
    }

    /// A frame of data that was read already; false when it is not to be listened to.
    mutating func receivedData(on id: Int, at uptime: Duration) -> Bool {
        guard state != .ended, state != .idle else { return false }
        lastInbound = uptime
        return takesData(on: id)
    }

    /// Data before the first configuration is as good as any other.
    private func takesData(on id: Int) -> Bool { id == channel && (state == .live || state == .awaitingConfig) }

    /// Once a second or so.
    mutating func tick(at uptime: Duration) -> [Action] {
        guard state != .ended, state != .idle else { return [] }
        if let stepDeadline, uptime >= stepDeadline { return end(.stepTimedOut(stepName)) }
        if uptime - lastInbound >= settings.silenceLimit { return end(.silent) }
        if uptime >= settings.tokenEndsAt { return end(.tokenAged) }
        guard uptime - lastOutbound >= keepaliveInterval else { return [] }
        lastOutbound = uptime
        return [.send(.keepalive)]
    }

    /// The whole set to be subscribed; what changed goes out at once when the channel is live.
    mutating func want(_ subscriptions: Set<FeedSubscription>, at uptime: Duration) -> [Action] {
        wanted = subscriptions
        guard state == .live else { return [] }
        return synchronizeSubscriptions(reset: false, at: uptime)
    }

    private mutating func receivedSetup(_ timeout: Double?, at uptime: Duration) -> [Action] {
        if let timeout, timeout >= 1, timeout < 86_400 {
            keepaliveInterval = min(settings.keepaliveInterval, .seconds(timeout / 2))
        }
        guard state == .awaitingSetup else { return [] }
        state = .awaitingAuthState
        stepDeadline = uptime + settings.stepTimeout
        return []
    }

    private mutating func authorized(at uptime: Duration) -> [Action] {
        switch state {
        case .awaitingAuthState, .awaitingAuthorization:
            return step(to: .awaitingChannel, at: uptime, .openChannel(channel))
        case .awaitingSetup: return end(.protocolViolation("AUTH_STATE before SETUP"))
        default: return []
        }
    }

    private mutating func unauthorized(at uptime: Duration) -> [Action] {
        switch state {
        case .awaitingAuthState: return step(to: .awaitingAuthorization, at: uptime, .auth(settings.token))
        case .awaitingSetup: return end(.protocolViolation("AUTH_STATE before SETUP"))
        case .awaitingAuthorization: return end(.unauthorized("the quote token was refused"))
        default: return end(.unauthorized("the authorisation was withdrawn"))
        }
    }

    private mutating func failed(channel id: Int, type: String, _ message: String) -> [Action] {
        let text = message.isEmpty ? type : "\(type): \(message)"
        if type == "UNAUTHORIZED" { return end(.unauthorized(text)) }
        if id == 0 { return end(.serverError(text)) }
        guard id == channel else { return [] }
        return state == .live ? [.report(text)] : end(.serverError(text))
    }

    private mutating func channelClosed(at uptime: Duration) -> [Action] {
        switch state {
        case .awaitingChannel, .awaitingConfig, .live: break
        default: return []
        }
        channel += 2
        sent = []
        guard channel < 2 * Self.maximumChannels else { return end(.protocolViolation("the channel keeps closing")) }
        return [.report("the server closed the channel"), .forgetLayouts]
            + step(to: .awaitingChannel, at: uptime, .openChannel(channel))
    }

    private mutating func configured(_ fields: [String: [String]], at uptime: Duration) -> [Action] {
        let configure: [Action] = fields.isEmpty ? [] : [.configure(fields)]
        guard state == .awaitingConfig else { return state == .live ? configure : [] }
        state = .live
        stepDeadline = nil
        return configure + [.ready] + synchronizeSubscriptions(reset: true, at: uptime)
    }

    private mutating func synchronizeSubscriptions(reset: Bool, at uptime: Duration) -> [Action] {
        let frames = DXLinkRequest.subscriptions(
            channel: channel, reset: reset, add: wanted.subtracting(sent).sorted(),
            remove: sent.subtracting(wanted).sorted())
        sent = wanted
        if !frames.isEmpty { lastOutbound = uptime }
        return frames.map { .send($0) }
    }

    private mutating func step(to next: State, at uptime: Duration, _ request: DXLinkRequest) -> [Action] {
        state = next
        stepDeadline = uptime + settings.stepTimeout
        lastOutbound = uptime
        return [.send(request)]
    }

    private mutating func end(_ reason: DXLinkEnd) -> [Action] {
        state = .ended
        stepDeadline = nil
        return [.end(reason)]
    }

    private var stepName: String {
        switch state {
        case .awaitingSetup: "SETUP"
        case .awaitingAuthState: "AUTH_STATE"
        case .awaitingAuthorization: "AUTH"
        case .awaitingChannel: "CHANNEL_REQUEST"
        case .awaitingConfig: "FEED_SETUP"
        case .idle, .live, .ended: "-"
        }
    }
}
