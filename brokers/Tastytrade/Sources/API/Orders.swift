import BrokerKit
import PortfolioModel

/// An order as far as it is shown.
struct WireOrder: Sendable {
    var accountNumber: String?
    var id: String
    var status: String
    var underlyingSymbol: String?
    var legCount: Int
    var updatedAt: Timestamp?

    /// An order that filled changed positions and left transactions behind.
    var hasFills: Bool

    init(_ value: JSONValue) throws(WireError) {
        var wire = try WireObject(value, place: "order")
        id = try wire.requiredText("id")
        wire.place = "order \(id)"
        accountNumber = try wire.text("account-number")
        status = try wire.requiredText("status")
        underlyingSymbol = try wire.text("underlying-symbol")
        let legs = try wire.array("legs")
        legCount = try wire.integer("leg-count") ?? legs.count
        hasFills = legs.contains { leg in leg.object?["fills"]?.array?.isEmpty == false }
        updatedAt = try wire.timestamp("updated-at")
    }
}

extension TastytradeAPI {
    /// `GET /accounts/{n}/orders/live`: every order touched today, whatever its status.
    func liveOrders(of account: String) async throws -> [WireOrder] {
        let envelope = try await get(
            APIRequest(["accounts", account, "orders", "live"], place: "orders/live", scopes: [RateScope.orders]))
        do {
            return try envelope.items.map { (item) throws(WireError) in try WireOrder(item) }
        } catch {
            throw APIEnvelope.unreadable("orders/live", error)
        }
    }
}
