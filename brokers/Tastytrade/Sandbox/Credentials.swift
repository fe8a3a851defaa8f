import Foundation

/// The sandbox's tokens: what is valid until when.
struct Credentials: Sendable {
    let clientSecret = "sandbox-client-secret"
    let refreshToken = "sandbox-refresh-token"
    /// Seconds an access token lives; the `expires_in` of its answer.
    var accessLifetime: TimeInterval = 900
    /// Seconds a quote token lives.
    var quoteLifetime: TimeInterval = 86_400
    private(set) var tokenRequests = 0
    private var accessTokens: [String: Date] = [:]
    private var quoteTokens: [String: Date] = [:]
    private var serial = 0

    mutating func countTokenRequest() { tokenRequests += 1 }

    mutating func issueAccess(now: Date) -> String {
        serial += 1
        let token = "sandbox-access-\(serial)"
        accessTokens[token] = now.addingTimeInterval(accessLifetime)
        return token
    }

    mutating func issueQuote(now: Date) -> (token: String, expires: Date) {
        serial += 1
        let token = "sandbox-quote-\(serial)"
        let expires = now.addingTimeInterval(quoteLifetime)
        quoteTokens[token] = expires
        return (token, expires)
    }

    /// Whether `Bearer <token>` names a live access token.
    func acceptsAuthorization(_ header: String?, now: Date) -> Bool {
        guard let header, header.hasPrefix("Bearer ") else { return false }
        return (accessTokens[String(header.dropFirst(7))] ?? .distantPast) > now
    }

    func acceptsQuoteToken(_ token: String, now: Date) -> Bool {
        (quoteTokens[token] ?? .distantPast) > now
    }

    mutating func expireAccessTokens() { accessTokens = [:] }
    mutating func expireQuoteTokens() { quoteTokens = [:] }
}
