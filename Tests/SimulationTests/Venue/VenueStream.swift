import BrokerKit
import BrokerTestKit
import Foundation

/// One socket of the venue, market data or account notifications: which it is, what it was asked for, whether it still
/// speaks.
struct VenueStream: Sendable {
    let connection: ScriptedWebSocketConnection
    let isFeed: Bool
    var isMute = false
    var isEnded = false
    /// Whether the handshake is over, so that data may be sent.
    var isReady = false
    /// Event types by symbol.
    var subscribed: [String: Set<String>] = [:]

    var isOpen: Bool { !isEnded && !connection.isClosedByClient }
    var speaks: Bool { isOpen && !isMute && isReady }

    /// What the venue answers to one text; `acceptsToken` says whether a quote token serves.
    mutating func answer(_ text: String, acceptsToken: Bool) -> [String] {
        guard isOpen, !isMute else { return [] }
        return isFeed ? answerFeed(text, acceptsToken) : answerAccounts(text)
    }

    private mutating func answerAccounts(_ text: String) -> [String] {
        let action = text.contains("heartbeat") ? "heartbeat" : "connect"
        isReady = true
        return [#"{"status":"ok","action":"\#(action)","web-socket-session-id":"x","request-id":1}"#]
    }

    private mutating func answerFeed(_ text: String, _ acceptsToken: Bool) -> [String] {
        if text.contains(#""SETUP""#) {
            return [
                #"{"type":"SETUP","channel":0,"keepaliveTimeout":60,"version":"1.0"}"#,
                #"{"type":"AUTH_STATE","channel":0,"state":"UNAUTHORIZED"}"#,
            ]
        }
        if text.contains(#""AUTH""#) {
            let state = acceptsToken ? "AUTHORIZED" : "UNAUTHORIZED"
            return [#"{"type":"AUTH_STATE","channel":0,"state":"\#(state)"}"#]
        }
        if text.contains("CHANNEL_REQUEST") {
            return [#"{"type":"CHANNEL_OPENED","channel":1,"service":"FEED","parameters":{}}"#]
        }
        if text.contains("FEED_SETUP") {
            isReady = true
            return [#"{"type":"FEED_CONFIG","channel":1,"dataFormat":"COMPACT","aggregationPeriod":0.25}"#]
        }
        if text.contains("FEED_SUBSCRIPTION") { subscribe(text) }
        return text.contains("KEEPALIVE") ? [#"{"type":"KEEPALIVE","channel":0}"#] : []
    }

    private mutating func subscribe(_ text: String) {
        guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else { return }
        if object["reset"] as? Bool == true { subscribed = [:] }
        for row in object["add"] as? [[String: String]] ?? [] {
            subscribed[row["symbol"] ?? "", default: []].insert(row["type"] ?? "")
        }
        for row in object["remove"] as? [[String: String]] ?? [] {
            subscribed[row["symbol"] ?? ""]?.remove(row["type"] ?? "")
        }
    }
}
