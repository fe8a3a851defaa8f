import BrokerKit
import PortfolioModel

/// The figures of `AccountBalance` that are used; amounts as the venue signs them.
struct WireBalance: Sendable {
    var accountNumber: String?
    var currency: String
    var cash: FixedDecimal
    var pendingCash: FixedDecimal?
    var netLiquidatingValue: FixedDecimal?
    var equityBuyingPower: FixedDecimal?
    var derivativeBuyingPower: FixedDecimal?
    var usedDerivativeBuyingPower: FixedDecimal?
    var regTMarginRequirement: FixedDecimal?
    var maintenanceRequirement: FixedDecimal?
    var updatedAt: Timestamp?

    init(_ value: JSONValue) throws(WireError) {
        let wire = try WireObject(value, place: "balance")
        accountNumber = try wire.text("account-number")
        currency = try wire.text("currency") ?? "USD"
        cash = try wire.requiredDecimal("cash-balance")
        pendingCash = try wire.signedDecimal("pending-cash")
        netLiquidatingValue = try wire.decimal("net-liquidating-value")
        equityBuyingPower = try wire.decimal("equity-buying-power")
        derivativeBuyingPower = try wire.decimal("derivative-buying-power")
        usedDerivativeBuyingPower = try wire.decimal("used-derivative-buying-power")
        regTMarginRequirement = try wire.decimal("reg-t-margin-requirement")
        maintenanceRequirement = try wire.decimal("maintenance-requirement")
        updatedAt = try wire.timestamp("updated-at")
    }
}

extension TastytradeAPI {
    /// `GET /accounts/{n}/balances`: one object, or one item a currency in newer versions. Never empty.
    func balances(of account: String) async throws -> [WireBalance] {
        let envelope = try await get(
            APIRequest(["accounts", account, "balances"], place: "balances", scopes: [RateScope.balances]))
        do {
            let balances = try envelope.items.map { (item) throws(WireError) in try WireBalance(item) }
            guard !balances.isEmpty else { throw WireError(place: "balances", field: "items", reason: "empty") }
            return balances
        } catch {
            throw APIEnvelope.unreadable("balances", error)
        }
    }
}
