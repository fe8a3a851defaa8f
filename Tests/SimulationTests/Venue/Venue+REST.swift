import BrokerKit
import BrokerTestKit
import Foundation
import NIOConcurrencyHelpers
import PortfolioModel

extension Venue {
    var http: ScriptedHTTPClient {
        ScriptedHTTPClient { [self] request in
            // The answer may be of the moment of asking or of the moment of answering, as at a real venue.
            let (delay, isEarly) = state.withLockedValue { state in
                let isSlow = Int.random(in: 0..<20, using: &state.random) == 0
                return (isSlow ? Int.random(in: 1...8, using: &state.random) : 0, Bool.random(using: &state.random))
            }
            if delay > 0, !isEarly { try await clock.sleep(for: .seconds(delay)) }
            let response = try answer(request)
            if delay > 0, isEarly { try await clock.sleep(for: .seconds(delay)) }
            return response
        }
    }

    private func answer(_ request: HTTPRequest) throws -> HTTPResponse {
        try state.withLockedValue { state in
            if let trouble = try state.trouble(for: request) { return trouble }
            if request.url.hasSuffix("/oauth/token") { return state.grant() }
            guard let token = request.header("Authorization")?.split(separator: " ").last,
                state.tokens.contains(String(token))
            else { return .json(#"{"error":{"code":"invalid_token","message":"expired"}}"#, status: 401) }
            return state.body(for: request.url).map { .json($0) }
                ?? .json(#"{"error":{"code":"not_found","message":"no such thing"}}"#, status: 404)
        }
    }
}

extension Venue.State {
    /// What the weather makes of a request; nil when it is answered as it should be.
    fileprivate mutating func trouble(for request: HTTPRequest) throws -> HTTPResponse? {
        switch weather {
        case .outage: throw TransportError(.connectFailed, "no route")
        case .refusedLogin:
            return request.url.hasSuffix("/oauth/token")
                ? .json(#"{"error_code":"invalid_grant","error_description":"revoked"}"#, status: 400) : nil
        case .throttled:
            guard Int.random(in: 0..<6, using: &random) == 0 else { return nil }
            var response = HTTPResponse.json(#"{"error":{"code":"rate_limited"}}"#, status: 429)
            if Bool.random(using: &random) {
                response.headers["retry-after"] = "\(Int.random(in: 1...60, using: &random))"
            }
            return response
        case .flakyRequests:
            guard Int.random(in: 0..<4, using: &random) == 0 else { return nil }
            return try flaky(request)
        default: return nil
        }
    }

    private mutating func flaky(_ request: HTTPRequest) throws -> HTTPResponse? {
        switch Int.random(in: 0..<7, using: &random) {
        case 0: return .json(#"{"error":{"code":"internal"}}"#, status: 500)
        case 1: return HTTPResponse(status: 502, body: Array("<html><h1>Bad Gateway</h1></html>".utf8))
        case 2: throw TransportError(.timedOut, "30 s")
        case 3: return HTTPResponse(status: 200, body: Array("<html>Maintenance</html>".utf8))
        case 4: return .json(#"{"data":{"items":[]}}"#.replacingOccurrences(of: "items", with: "things"))
        case 5: throw TransportError(.tooSlow, "100 bytes/s")
        default:
            guard !request.url.hasSuffix("/oauth/token"), let whole = body(for: request.url) else { return nil }
            return .json(String(whole.prefix(whole.count / 2)))
        }
    }

    fileprivate mutating func grant() -> HTTPResponse {
        lastToken += 1
        tokens = ["access-\(lastToken)"]
        return .json(
            #"{"access_token":"access-\#(lastToken)","token_type":"Bearer","expires_in":900,"scope":"read"}"#)
    }

    /// The venue's answer to a GET; nil for what it does not know.
    fileprivate func body(for url: String) -> String? {
        if url.contains("/customers/me/accounts") { return VenueWords.accounts }
        if url.contains("/api-quote-tokens") {
            return #"{"data":{"token":"quote-1","dxlink-url":"ws://127.0.0.1:3/realtime"}}"#
        }
        if url.contains("/instruments/equities") { return VenueWords.equities }
        if let range = url.range(of: "/equity-options/") {
            return VenueWords.option(url[range.upperBound...].removingPercentEncoding ?? "")
        }
        guard let account = VenueBook.accounts.first(where: { url.contains("/accounts/\($0)/") }) else { return nil }
        if url.contains("/balances") {
            let cents = book.cashCents[account] ?? 0
            return #"{"data":"# + VenueWords.balance(cents, account, at: book.balanceAt[account] ?? book.start) + "}"
        }
        if url.contains("/positions") {
            let held = (book.holdings[account] ?? [:]).filter { $0.value.quantity != 0 }.sorted { $0.key < $1.key }
            return VenueWords.items(
                held.map { VenueWords.position($0.value, $0.key, account, mark: book.cents[$0.key]) })
        }
        if url.contains("/transactions") { return VenueWords.items(book.history[account] ?? []) }
        return url.contains("/orders/live") ? VenueWords.items([]) : nil
    }
}
