import Foundation
import NIOConcurrencyHelpers
import Sandbox

/// The sandbox's back door: plain JSON over HTTP, on its own port, without login.
///
/// `GET /control/stats` counts what clients did. `POST /control` takes one object whose `action` is one of:
///
/// | action | members | effect |
/// |---|---|---|
/// | `expireAccessTokens`, `expireQuoteTokens` | | every token issued so far is refused |
/// | `setAccessLifetime`, `setQuoteLifetime` | `seconds` | of tokens issued from now on |
/// | `throttle` | `count` (negative: until 0 is set) | next REST requests get 429 |
/// | `serverError` | `count` | next REST requests get 500 |
/// | `htmlBody` | `count` | next REST requests get an HTML 502 |
/// | `refuseUpgrade` | `count` | next WebSocket upgrades get 502 |
/// | `rfcTokenErrors`, `rateLimits` | `enabled` | the other form of token errors; the venue's own limits |
/// | `nanFixingPrice` | `enabled` | futures positions carry a `fixing-price` of `"NaN"` |
/// | `balanceShape` | `shape`: `auto`, `object`, `items` | of `balances` |
/// | `dropSockets`, `stallSockets` | | closes, or mutes without closing, all streams |
/// | `dropConnections` | | closes all REST connections too |
/// | `dataFormat` | `format`: `COMPACT`, `FULL` or null | of FEED_DATA, whatever was accepted |
/// | `malformedFrame` | `text` (optional) | sent as it is on every stream |
/// | `nanGreeks`, `rejectAuth`, `ignoreChannelRequests` | `enabled` | |
/// | `maxFrameBytes` | `count` | longer client frames end with 1009 |
/// | `keepaliveTimeout`, `authStateDelay` | `seconds` | |
/// | `closeChannels`, `revokeAuth` | | CHANNEL_CLOSED, or AUTH_STATE UNAUTHORIZED, unasked |
/// | `freeze` | `enabled`, or `book`: `S11` | stops or restarts the walk; a book also sets its figures |
/// | `move` | `symbol` of an underlying, `by` | moves its price |
/// | `quoteFault` | `symbol`, `fault`: `crossed`, `zero`, `spike`, `nan` or null | |
/// | `fill` | `account`, `symbol`, signed `quantity`, `price` (optional: the mark) | books it and notifies |
///
/// Answers 200 with `{"ok":true}`, 400 with `{"error":...}` when a member is missing or unknown.
struct ControlDesk: Sendable {
    struct Refusal: Error { let message: String }

    let streams: LiveStreams
    let catalogue: VenueCatalogue
    /// The servers of both streams, and all three including REST.
    let streamServers: [LoopbackServer]
    let restServer: LoopbackServer

    func respond(to request: SandboxRequest) -> SandboxResponse {
        if request.method == "GET", request.path == ["control", "stats"] { return .json(stats) }
        guard request.method == "POST", request.path.first == "control" else {
            return .json(["error": "not found"], status: 404)
        }
        guard let body = SandboxJSON.parse(request.body), let action = body["action"]?.text else {
            return .json(["error": "a JSON object with an action is expected"], status: 400)
        }
        do {
            return .json(.object([.init("ok", true)] + (try perform(action, body))))
        } catch {
            return .json(["error": .string((error as? Refusal)?.message ?? "\(error)")], status: 400)
        }
    }

    private var stats: SandboxJSON {
        let (stats, tokens) = streams.state.withLockedValue { ($0.stats, $0.credentials.tokenRequests) }
        let byPath = stats.requestsByPath.sorted { $0.key < $1.key }
        return [
            "tokenRequests": .int(tokens),
            "requests": .object(byPath.map { .init($0.key, .int($0.value)) }),
            "requestCount": .int(byPath.reduce(0) { $0 + $1.value }),
            "streamerConnections": .int(stats.streamerConnections),
            "dxlinkConnections": .int(stats.dxlinkConnections),
            "openSockets": .int(streamServers.reduce(0) { $0 + $1.openConnections }),
            "subscriptions": .int(stats.subscriptions.values.reduce(0, +)),
            "clientKeepalives": .int(stats.clientKeepalives), "heartbeats": .int(stats.heartbeats),
        ]
    }

    private func perform(_ action: String, _ body: SandboxJSON) throws -> [SandboxJSON.Member] {
        switch action {
        case "dropSockets": streamServers.forEach { $0.dropAll() }
        case "stallSockets": streamServers.forEach { $0.stallAll() }
        case "dropConnections": (streamServers + [restServer]).forEach { $0.dropAll() }
        case "malformedFrame":
            streams.sendEverywhere(body["text"]?.text ?? #"{"type":"FEED_DATA","channel":1,"data":["#)
        case "closeChannels": streams.onQuotes { $0.closeChannels() }
        case "revokeAuth": streams.onQuotes { $0.revoke() }
        case "freeze": try freeze(body)
        case "move":
            let (instrument, amount) = (try instrument(body), try number(body, "by"))
            streams.market.change { $0.move(instrument, by: amount) }
        case "quoteFault":
            let instrument = try instrument(body)
            let name = body["fault"]?.text
            guard name == nil || QuoteFault(rawValue: name ?? "") != nil else {
                throw Refusal(message: "fault must be crossed, zero, spike, nan or null")
            }
            streams.market.change { $0.setFault(name.flatMap(QuoteFault.init), on: instrument) }
        case "fill": return try fill(body)
        default: try streams.state.withLockedValue { try change(&$0, action, body) }
        }
        return []
    }

    private func change(_ state: inout VenueState, _ action: String, _ body: SandboxJSON) throws {
        switch action {
        case "expireAccessTokens": state.credentials.expireAccessTokens()
        case "expireQuoteTokens": state.credentials.expireQuoteTokens()
        case "setAccessLifetime": state.credentials.accessLifetime = try number(body, "seconds")
        case "setQuoteLifetime": state.credentials.quoteLifetime = try number(body, "seconds")
        case "throttle": state.faults.throttle.remaining = try count(body)
        case "serverError": state.faults.serverError.remaining = try count(body)
        case "htmlBody": state.faults.htmlBody.remaining = try count(body)
        case "refuseUpgrade": state.faults.refuseUpgrade.remaining = try count(body)
        case "rfcTokenErrors": state.faults.usesRFCTokenErrors = try flag(body)
        case "rateLimits": state.faults.enforcesRateLimits = try flag(body)
        case "balanceShape":
            guard let shape = body["shape"]?.text.flatMap(Faults.BalanceShape.init) else {
                throw Refusal(message: "shape must be auto, object or items")
            }
            state.faults.balanceShape = shape
        case "dataFormat": state.faults.dataFormat = body["format"]?.text.flatMap(Faults.DataFormat.init)
        case "nanFixingPrice": state.faults.hasNaNFixingPrice = try flag(body)
        case "nanGreeks": state.faults.hasNaNGreeks = try flag(body)
        case "rejectAuth": state.faults.rejectsQuoteAuth = try flag(body)
        case "ignoreChannelRequests": state.faults.ignoresChannelRequests = try flag(body)
        case "maxFrameBytes": state.faults.maxFrameBytes = try count(body)
        case "keepaliveTimeout": state.faults.keepaliveTimeout = try number(body, "seconds")
        case "authStateDelay": state.faults.authStateDelay = try number(body, "seconds")
        default: throw Refusal(message: "unknown action \(action)")
        }
    }

    private func freeze(_ body: SandboxJSON) throws {
        if let book = body["book"]?.text {
            guard streams.market.freeze(book: book) != nil else { throw Refusal(message: "unknown book \(book)") }
        } else {
            let isFrozen = try flag(body)
            streams.market.change { $0.setFrozen(isFrozen) }
        }
    }

    private func fill(_ body: SandboxJSON) throws -> [SandboxJSON.Member] {
        let instrument = try instrument(body)
        let market = streams.market.snapshot
        guard let quantity = body["quantity"]?.textOrNumber.flatMap({ SandboxAmount($0) }), quantity != .zero else {
            throw Refusal(message: "quantity must be a number other than 0")
        }
        let price = body["price"]?.textOrNumber.flatMap { SandboxAmount($0) } ?? market.quote(of: instrument).mark
        let leg = LedgerLeg(instrument: instrument, quantity: quantity, price: price)
        let account = body["account"]?.text ?? ""
        let now = Date()
        let booked = streams.state.withLockedValue {
            $0.fill(account: account, leg: leg, market: market, now: now).map { ($0.ledger, $0.order) }
        }
        guard let (ledger, order) = booked else { throw Refusal(message: "unknown account") }
        let json = LedgerJSON(market: market, catalogue: catalogue, now: now)
        for status in ["Routed", "Live", "Filled"] {
            notify(ledger.number, "Order", json.order(order, in: ledger, status: status), now)
        }
        var after: [(String, SandboxJSON)] = [("AccountBalance", json.balance(ledger))]
        if let position = ledger.positions.first(where: { $0.instrument == instrument }) {
            after.append(("CurrentPosition", json.position(position, in: ledger, includeMarks: false)))
        }
        let shuffled = streams.state.withLockedValue { after.shuffled(using: &$0.generator) }
        for (type, data) in shuffled { notify(ledger.number, type, data, now) }
        return [.init("orderId", .int(order.id))]
    }

    private func notify(_ account: String, _ type: String, _ data: SandboxJSON, _ now: Date) {
        let milliseconds = Int(now.timeIntervalSince1970 * 1_000)
        let message: SandboxJSON = ["type": .string(type), "data": data, "timestamp": .int(milliseconds)]
        streams.notify(account, streams.state.withLockedValue { message.shuffled(using: &$0.generator) }.rendered)
    }

    private func instrument(_ body: SandboxJSON) throws -> Int {
        let symbol = body["symbol"]?.text ?? ""
        guard let found = catalogue.instrument(symbol: symbol) ?? catalogue.instrument(streamerSymbol: symbol) else {
            throw Refusal(message: "unknown symbol \(symbol)")
        }
        return found
    }

    private func number(_ body: SandboxJSON, _ key: String) throws -> Double {
        guard let value = body[key]?.double, value.isFinite else { throw Refusal(message: "\(key) must be a number") }
        return value
    }

    private func count(_ body: SandboxJSON) throws -> Int {
        guard let value = body["count"]?.integer else { throw Refusal(message: "count must be a whole number") }
        return value
    }

    private func flag(_ body: SandboxJSON) throws -> Bool {
        guard let value = body["enabled"]?.boolean else { throw Refusal(message: "enabled must be true or false") }
        return value
    }
}
