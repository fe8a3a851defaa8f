import BrokerKit
import BrokerTestKit
import Logging
import NIOConcurrencyHelpers
import PortfolioModel

@testable import Tastytrade

/// A scripted Tastytrade: REST answers from fixtures, both streams answering their handshakes.
final class VenueScript: Sendable {
    private let overrides = NIOLockedValueBox<[String: HTTPResponse]>([:])
    private let isFeedMute = NIOLockedValueBox(false)
    let clock = ManualClock(Timestamp(seconds: 1_795_188_600))
    let sink = RecordingSink()
    let http: ScriptedHTTPClient
    let sockets: ScriptedWebSocketConnector

    /// `hangsUp`: streams are accepted and ended at once.
    init(hangsUp: Bool = false) {
        http = ScriptedHTTPClient { [overrides] request in
            let url = request.url
            if let (_, response) = overrides.withLockedValue({ $0.first { url.contains($0.key) } }) { return response }
            return .json(try Self.body(url))
        }
        sockets = ScriptedWebSocketConnector { [isFeedMute] request, _ in
            let isFeed = request.url.hasSuffix("/realtime")
            let isMute = isFeed && isFeedMute.withLockedValue { $0 }
            return ScriptedWebSocketConnection { connection, text in
                if isMute { return }
                if hangsUp { return connection.end(TransportError(.closed, "try later", closeCode: 1013)) }
                if isFeed { Self.answerFeed(connection, text) } else { Self.answerAccounts(connection, text) }
            }
        }
    }

    /// Answers every URL containing `part` so, until it is cleared with nil.
    func answer(_ part: String, _ response: HTTPResponse?) { overrides.withLockedValue { $0[part] = response } }

    /// Whether feed connections answer nothing at all.
    func muteFeed(_ isMute: Bool) { isFeedMute.withLockedValue { $0 = isMute } }

    private static func body(_ url: String) throws -> String {
        let isFirst = url.contains("5WX00001")
        let routes: [(String, () throws -> String)] = [
            ("/oauth/token", { TastytradeAPITests.grant }),
            ("/customers/me/accounts", { try Fixture.text("accounts") }),
            ("/balances", { try Fixture.text(isFirst ? "balances-object" : "balances-items") }),
            ("/positions", { isFirst ? try Fixture.text("positions") : #"{"data":{"items":[]}}"# }),
            ("/transactions", { isFirst ? try Fixture.text("transactions") : #"{"data":{"items":[]}}"# }),
            ("/orders/live", { try Fixture.text("orders-live") }),
            ("/instruments/equities", { try Fixture.text("equities") }),
            ("/instruments/futures", { try Fixture.text("futures") }),
            ("/equity-options/ABC1", { try Fixture.text("equity-option-adjusted") }),
            ("/equity-options/", { try Fixture.text("equity-option") }),
            ("/future-options/", { try Fixture.text("future-option") }),
            ("/option-chains/", { try Fixture.text("nested-chain") }),
            ("/api-quote-tokens", { #"{"data":{"token":"quote-1","dxlink-url":"ws://127.0.0.1:3/realtime"}}"# }),
        ]
        return try routes.first { url.contains($0.0) }?.1() ?? #"{"data":{}}"#
    }

    private static func answerAccounts(_ connection: ScriptedWebSocketConnection, _ text: String) {
        let action = text.contains("heartbeat") ? "heartbeat" : "connect"
        connection.push(#"{"status":"ok","action":"\#(action)","web-socket-session-id":"x","request-id":1}"#)
    }

    private static func answerFeed(_ connection: ScriptedWebSocketConnection, _ text: String) {
        if text.contains(#""SETUP""#) {
            connection.push([
                #"{"type":"SETUP","channel":0,"keepaliveTimeout":60,"version":"1.0"}"#,
                #"{"type":"AUTH_STATE","channel":0,"state":"UNAUTHORIZED"}"#,
            ])
        } else if text.contains(#""AUTH""#) {
            connection.push(#"{"type":"AUTH_STATE","channel":0,"state":"AUTHORIZED","userId":"u"}"#)
        } else if text.contains("CHANNEL_REQUEST") {
            connection.push(#"{"type":"CHANNEL_OPENED","channel":1,"service":"FEED","parameters":{}}"#)
        } else if text.contains("FEED_SETUP") {
            connection.push(#"{"type":"FEED_CONFIG","channel":1,"dataFormat":"COMPACT","aggregationPeriod":0.25}"#)
        }
    }

    /// The states told so far, in order.
    var states: [BrokerState] {
        sink.events.compactMap { if case .health(let state, _) = $0 { state } else { nil } }
    }

    /// The stream of this kind opened last.
    func connection(feed isFeed: Bool) -> ScriptedWebSocketConnection? {
        let opened = Array(zip(sockets.requests, sockets.connections))
        return opened.last { $0.0.url.hasSuffix("/realtime") == isFeed }?.1
    }

    /// Lets time pass, a second at a time, until something holds; false after so many seconds.
    func passTime(_ seconds: Int = 120, until condition: @Sendable () async -> Bool) async -> Bool {
        for _ in 0..<(seconds * 4) {
            if await condition() { return true }
            await clock.advance(by: .milliseconds(250))
        }
        return await condition()
    }

    func broker(_ change: (inout TastytradeConfiguration) -> Void = { _ in }) -> TastytradeBroker {
        var configuration = TastytradeAPITests.configuration()
        change(&configuration)
        return TastytradeBroker(
            configuration: configuration, http: http, webSockets: sockets, clock: clock, seed: 1,
            logger: Logger(label: "test"))
    }
}
