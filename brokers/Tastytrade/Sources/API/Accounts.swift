import BrokerKit

/// An account as `GET /customers/me/accounts` lists it.
struct WireAccount: Sendable {
    var number: String
    var typeName: String?
    var nickname: String?
    var isClosed: Bool

    init(_ item: JSONValue) throws(WireError) {
        let entry = try WireObject(item, place: "account list")
        let account = try WireObject(entry.object["account"] ?? item, place: "account list")
        number = try account.requiredText("account-number")
        typeName = try account.text("account-type-name")
        nickname = try account.text("nickname")
        isClosed = try account.flag("is-closed") ?? false
    }
}

extension TastytradeAPI {
    /// `GET /customers/me/accounts`.
    func accounts() async throws -> [WireAccount] {
        let place = "customers/me/accounts"
        let envelope = try await get(
            APIRequest(["customers", "me", "accounts"], place: place, scopes: [RateScope.accounts]))
        return try envelope.items.map { (item) throws(BrokerError) in
            do { return try WireAccount(item) } catch { throw APIEnvelope.unreadable(place, error) }
        }
    }
}
