import Foundation
import Sandbox

/// One request with what answering it needs.
struct VenueRequest: Sendable {
    let http: SandboxRequest
    let market: MarketModel
    let now: Date

    var path: [String] { http.path }
}

extension VenueState {
    /// Answers one REST request: faults, User-Agent, token, version, limits, ownership, route, in that order.
    mutating func respond(to request: VenueRequest) -> SandboxResponse {
        stats.requestsByPath["\(request.http.method) \(request.http.rawPath)", default: 0] += 1
        if request.path == ["oauth", "token"] { credentials.countTokenRequest() }
        if let broken = brokenAnswer() { return broken }
        guard isWellFormedAgent(request.http.header("User-Agent")) else {
            return Self.error(401, "unauthorized", "A User-Agent of the form product/version is required.")
        }
        if request.path == ["oauth", "token"] { return token(request) }
        guard credentials.acceptsAuthorization(request.http.header("Authorization"), now: request.now) else {
            return Self.error(401, "unauthorized", "This session is invalid or has expired.")
        }
        if let version = request.http.header("Accept-Version"), Int(version) ?? 0 < 20_240_501 {
            return .json(
                ["error": ["code": 406, "message": "The requested version is not supported."]], status: 406)
        }
        if faults.enforcesRateLimits, !limiter.admits(request.path, now: request.now) {
            return SandboxResponse(status: 429)
        }
        if request.path.first == "accounts", request.path.count > 1, ledger(request.path[1]) == nil {
            return Self.error(403, "not_permitted", "User not permitted access to this account.")
        }
        guard ["GET", "POST"].contains(request.http.method) else { return Self.notFound }
        return route(request)
    }

    private mutating func brokenAnswer() -> SandboxResponse? {
        if faults.throttle.takeOne() { return SandboxResponse(status: 429) }
        if faults.serverError.takeOne() {
            return Self.error(500, "internal_server_error", "Unique customer support identifier: 0f1e2d3c")
        }
        if faults.htmlBody.takeOne() {
            return .html("<html><head><title>502 Bad Gateway</title></head><body></body></html>", status: 502)
        }
        return nil
    }

    private func isWellFormedAgent(_ agent: String?) -> Bool {
        guard let pieces = agent?.split(separator: "/", maxSplits: 1), pieces.count == 2 else { return false }
        return !pieces[0].contains(" ") && !pieces[1].isEmpty
    }

    private mutating func token(_ request: VenueRequest) -> SandboxResponse {
        guard request.http.method == "POST" else { return Self.notFound }
        var fields = request.http.form
        if let body = SandboxJSON.parse(request.http.body) {
            fields = [:]
            for member in body.members ?? [] { fields[member.key] = member.value.textOrNumber }
        }
        guard fields["grant_type"] == "refresh_token", fields["refresh_token"] == credentials.refreshToken,
            fields["client_secret"] == credentials.clientSecret
        else {
            let name = faults.usesRFCTokenErrors ? "error" : "error_code"
            return .json(
                .object([.init(name, "invalid_grant"), .init("error_description", "Invalid JWT")]), status: 400)
        }
        return .json([
            "access_token": .string(credentials.issueAccess(now: request.now)), "token_type": "Bearer",
            "expires_in": .int(Int(credentials.accessLifetime)), "scope": "read trade openid",
        ])
    }

    static var notFound: SandboxResponse {
        error(404, "not_found", "The resource that was asked for was not found.")
    }

    static func error(_ status: Int, _ code: String, _ message: String) -> SandboxResponse {
        .json(["error": ["code": .string(code), "message": .string(message)]], status: status)
    }

    /// The venue's envelope, members in a drawn order; absent rather than null.
    mutating func envelope(
        _ data: SandboxJSON, for request: VenueRequest, pagination: SandboxJSON? = nil
    ) -> SandboxResponse {
        var members: [SandboxJSON.Member] = [
            .init("data", data.withoutNulls), .init("context", .string(request.http.rawPath)),
        ]
        if let pagination {
            members.append(.init("pagination", pagination))
        } else if generator.next() % 2 == 0 {
            members.append(.init("pagination", .null))
        }
        if generator.next() % 3 == 0 { members.append(.init("api-version", "v1")) }
        return .json(SandboxJSON.object(members).shuffled(using: &generator))
    }

    mutating func items(_ items: [SandboxJSON], for request: VenueRequest) -> SandboxResponse {
        envelope(["items": .array(items)], for: request)
    }

    /// One page of items; `page-offset` counts pages from 0.
    mutating func page(_ items: [SandboxJSON], for request: VenueRequest, perPage: Int, limit: Int) -> SandboxResponse {
        let size = min(max(request.http.parameter("per-page").flatMap { Int($0) } ?? perPage, 1), limit)
        let page = max(request.http.parameter("page-offset").flatMap { Int($0) } ?? 0, 0)
        let offset = min(page, 1_000_000) * size
        let shown = Array(items.dropFirst(offset).prefix(size))
        return envelope(
            ["items": .array(shown)], for: request,
            pagination: [
                "per-page": .int(size), "page-offset": .int(page), "item-offset": .int(offset),
                "total-items": .int(items.count), "total-pages": .int((items.count + size - 1) / size),
                "current-item-count": .int(shown.count), "previous-link": nil, "next-link": nil,
                "paging-link-template": nil,
            ])
    }
}
