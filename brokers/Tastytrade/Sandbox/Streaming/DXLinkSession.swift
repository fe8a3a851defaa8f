import Foundation
import Sandbox

/// One DXLink connection as a value: client text and time go in, frames come out.
///
/// awaitingSetup -> awaitingAuth (SETUP) -> authorized (AUTH with a live token); any state ends by an error, a timeout
/// or the client's silence. Of the histories daily candles are served; TimeAndSale and others are accepted only.
struct DXLinkSession: Sendable {
    enum State: Sendable { case awaitingSetup, awaitingAuth, authorized, closed }

    private(set) var state = State.awaitingSetup
    private(set) var channels: [Int: DXLinkChannel] = [:]
    private(set) var keepalives = 0
    private let openedAt: Double
    private var lastHeard: Double
    private var nextKeepalive: Double
    /// When the delayed AUTH_STATE of the handshake is due.
    private var authStateDue: Double?

    init(now: Date) {
        openedAt = now.timeIntervalSince1970
        lastHeard = openedAt
        nextKeepalive = openedAt + 30
    }

    /// Distinct pairs of type and symbol on all channels.
    var subscriptionCount: Int { channels.values.reduce(0) { $0 + $1.subscriptions.count + $1.candles.count } }

    /// Takes one client frame.
    mutating func receive(
        _ text: String, now: Date, credentials: Credentials, faults: Faults, catalogue: VenueCatalogue
    ) -> [StreamAction] {
        lastHeard = now.timeIntervalSince1970
        guard text.utf8.count <= faults.maxFrameBytes else { return end(code: 1009) }
        guard let message = SandboxJSON.parse(text.utf8), let type = message["type"]?.text,
            let channel = message["channel"]?.integer
        else { return [Self.error(0, "INVALID_MESSAGE", "The message could not be read.")] }
        switch (state, type) {
        case (.closed, _): return []
        case (_, "KEEPALIVE"):
            keepalives += 1
            return []
        case (.awaitingSetup, "SETUP"): return setUp(faults)
        case (.awaitingSetup, _):
            return [Self.error(0, "BAD_ACTION", "SETUP must come first.")] + end(code: 1000)
        case (_, "AUTH"): return authorize(message["token"]?.text ?? "", now: now, credentials, faults)
        case (.awaitingAuth, _): return [Self.error(channel, "UNAUTHORIZED", "Authorization is required.")]
        case (.authorized, _): return onChannel(channel, type, message, faults, catalogue)
        }
    }

    /// What is due at an instant: keepalives, timeouts and data.
    mutating func tick(
        now: Date, market: SimulatedMarket, catalogue: VenueCatalogue, faults: Faults
    ) -> [StreamAction] {
        guard state != .closed else { return [] }
        let instant = now.timeIntervalSince1970
        if instant - lastHeard > faults.keepaliveTimeout {
            let seconds = Int(faults.keepaliveTimeout)
            let words = "The timeout has been reached. The message was last received \(seconds) seconds ago."
            return [Self.error(0, "TIMEOUT", words)] + end(code: 1000)
        }
        var actions: [StreamAction] = []
        if let due = authStateDue, instant >= due {
            authStateDue = nil
            actions.append(Self.authState("UNAUTHORIZED"))
        }
        if instant >= nextKeepalive {
            nextKeepalive = instant + min(30, faults.keepaliveTimeout / 2)
            actions.append(Self.frame(["type": "KEEPALIVE", "channel": 0]))
        }
        guard state == .authorized, !channels.isEmpty else { return actions }
        let snapshot = market.snapshot
        for id in channels.keys.sorted() {
            let frames =
                channels[id]?.flush(at: instant, market: snapshot, catalogue: catalogue, faults: faults) ?? []
            actions += frames.map { .send($0) }
        }
        return actions
    }

    /// Closes every channel without being asked.
    mutating func closeChannels() -> [StreamAction] {
        let ids = channels.keys.sorted()
        channels = [:]
        return ids.map { Self.frame(["type": "CHANNEL_CLOSED", "channel": .int($0)]) }
    }

    /// Takes the authorization back, as at a token's end.
    mutating func revoke() -> [StreamAction] {
        guard state == .authorized else { return [] }
        state = .awaitingAuth
        channels = [:]
        return [Self.authState("UNAUTHORIZED")]
    }

    private mutating func setUp(_ faults: Faults) -> [StreamAction] {
        state = .awaitingAuth
        let timeout = SandboxJSON.int(Int(max(1, faults.keepaliveTimeout)))
        nextKeepalive = lastHeard + min(30, faults.keepaliveTimeout / 2)
        let setup = Self.frame([
            "type": "SETUP", "channel": 0, "keepaliveTimeout": timeout, "acceptKeepaliveTimeout": timeout,
            "version": "1.0-1.2.1-20240722-153442",
        ])
        guard faults.authStateDelay <= 0 else {
            authStateDue = lastHeard + faults.authStateDelay
            return [setup]
        }
        return [setup, Self.authState("UNAUTHORIZED")]
    }

    private mutating func authorize(
        _ token: String, now: Date, _ credentials: Credentials, _ faults: Faults
    ) -> [StreamAction] {
        if authStateDue != nil {
            let words = "com.dxfeed.mdd.dxlink.auth.AuthException: Session not found: api"
            return [Self.error(0, "UNAUTHORIZED", words)] + end(code: 1000)
        }
        guard !faults.rejectsQuoteAuth, credentials.acceptsQuoteToken(token, now: now) else {
            state = .awaitingAuth
            return [Self.error(0, "UNAUTHORIZED", "The token is not valid.")] + end(code: 1000)
        }
        state = .authorized
        return [
            Self.frame(["type": "AUTH_STATE", "channel": 0, "state": "AUTHORIZED", "userId": "sandbox"])
        ]
    }

    private mutating func onChannel(
        _ id: Int, _ type: String, _ message: SandboxJSON, _ faults: Faults, _ catalogue: VenueCatalogue
    ) -> [StreamAction] {
        if type == "CHANNEL_REQUEST" { return open(id, message, faults) }
        if type == "ERROR" { return [] }
        guard channels[id] != nil else { return [Self.error(id, "BAD_ACTION", "The channel is not open.")] }
        switch type {
        case "CHANNEL_CANCEL":
            channels[id] = nil
            return [Self.frame(["type": "CHANNEL_CLOSED", "channel": .int(id)])]
        case "FEED_SETUP": return configure(id, message)
        case "FEED_SUBSCRIPTION":
            subscribe(id, message)
            return subscribeCandles(id, message, catalogue)
        default: return [Self.error(id, "INVALID_MESSAGE", "The message type is unknown.")]
        }
    }

    private mutating func open(_ id: Int, _ message: SandboxJSON, _ faults: Faults) -> [StreamAction] {
        if faults.ignoresChannelRequests { return [] }
        guard id % 2 == 1, id > 0 else {
            return [Self.error(0, "BAD_ACTION", "Protocol violation with an even channel usage.")]
        }
        guard channels[id] == nil else { return [Self.error(id, "BAD_ACTION", "The channel is open already.")] }
        guard message["service"]?.text == "FEED" else {
            return [Self.error(id, "BAD_ACTION", "Only the FEED service is offered.")]
        }
        channels[id] = DXLinkChannel(id: id)
        let parameters = message["parameters"] ?? [:]
        return [
            Self.frame([
                "type": "CHANNEL_OPENED", "channel": .int(id), "service": "FEED",
                "parameters": parameters.adding([.init("subFormat", "LIST")]),
            ])
        ]
    }

    private mutating func configure(_ id: Int, _ message: SandboxJSON) -> [StreamAction] {
        guard var channel = channels[id] else { return [] }
        for member in message["acceptEventFields"]?.members ?? [] {
            let names = member.value.elements?.compactMap(\.text) ?? []
            if let known = DXLinkEvent.types[member.key], !Set(names).isSubset(of: known + ["vwap"]) {
                return [Self.error(id, "INVALID_MESSAGE", "Unknown field of \(member.key).")]
            }
            channel.fields[member.key] = names
        }
        if let period = message["acceptAggregationPeriod"]?.double { channel.aggregationPeriod = max(0, period) }
        if let format = message["acceptDataFormat"]?.text.flatMap({ Faults.DataFormat(rawValue: $0) }) {
            channel.accepts = format
        }
        channels[id] = channel
        return [
            Self.frame([
                "type": "FEED_CONFIG", "channel": .int(id), "dataFormat": .string(channel.accepts.rawValue),
                "aggregationPeriod": DXLinkEvent.double(channel.aggregationPeriod),
            ])
        ]
    }

    private mutating func subscribe(_ id: Int, _ message: SandboxJSON) {
        func pairs(_ key: String) -> [DXLinkChannel.Subscription] {
            (message[key]?.elements ?? []).compactMap { item in
                guard let type = item["type"]?.text, let symbol = item["symbol"]?.text, type != "Candle" else {
                    return nil
                }
                return .init(type: type, symbol: symbol)
            }
        }
        if message["reset"]?.boolean == true { channels[id]?.reset() }
        for pair in pairs("remove") { channels[id]?.remove(pair) }
        for pair in pairs("add") { channels[id]?.add(pair) }
    }

    /// Candles carry the time that they are wanted from; too many of them are refused.
    private mutating func subscribeCandles(
        _ id: Int, _ message: SandboxJSON, _ catalogue: VenueCatalogue
    ) -> [StreamAction] {
        func items(_ key: String) -> [SandboxJSON] {
            (message[key]?.elements ?? []).filter { $0["type"]?.text == "Candle" }
        }
        for item in items("remove") { channels[id]?.candles.remove(item["symbol"]?.text ?? "") }
        for item in items("add") {
            guard let symbol = item["symbol"]?.text else { continue }
            let time = Int64(item["fromTime"]?.integer ?? 0)
            guard channels[id]?.candles.add(symbol, fromTime: time, catalogue: catalogue) == true else {
                let words = "Your subscription size for event type 'Candle' is too big"
                return [Self.error(id, "BAD_ACTION", words)]
            }
            channels[id]?.refresh()
        }
        return []
    }

    private mutating func end(code: UInt16) -> [StreamAction] {
        state = .closed
        channels = [:]
        return [.close(code: code)]
    }

    static func authState(_ state: String) -> StreamAction {
        frame(["type": "AUTH_STATE", "channel": 0, "state": .string(state)])
    }

    static func error(_ channel: Int, _ kind: String, _ message: String) -> StreamAction {
        frame(["type": "ERROR", "channel": .int(channel), "error": .string(kind), "message": .string(message)])
    }

    private static func frame(_ value: SandboxJSON) -> StreamAction { .send(value.rendered) }
}
