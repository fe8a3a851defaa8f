import BrokerKit

/// What opens the market-data stream: good for 24 h.
struct QuoteToken: Sendable {
    var token: SecretString
    var dxlinkURL: String
    /// `api` or `demo`.
    var level: String?

    init(_ data: JSONValue) throws(WireError) {
        let wire = try WireObject(data, place: "quote token")
        token = SecretString(try wire.requiredText("token"))
        dxlinkURL = try wire.requiredText("dxlink-url")
        level = try wire.text("level")
    }
}

extension TastytradeAPI {
    /// `GET /api-quote-tokens`.
    func quoteToken() async throws -> QuoteToken {
        let envelope = try await get(APIRequest(["api-quote-tokens"], place: "api-quote-tokens"))
        do { return try QuoteToken(envelope.data) } catch { throw APIEnvelope.unreadable("api-quote-tokens", error) }
    }
}
