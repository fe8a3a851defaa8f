import Foundation
import Sandbox

/// What is held of one instrument. Amounts are exact, quantities signed.
struct LedgerPosition: Sendable {
    let instrument: Int
    var quantity = SandboxAmount.zero
    /// Per unit of quoted price, without fees.
    var averageOpen = SandboxAmount.zero
    /// Average of the previous close of what was held overnight and the price of what was opened today.
    var dayBasis = SandboxAmount.zero
    /// Of units closed today: against the day's basis, and against the opening price.
    var realizedDay = SandboxAmount.zero
    var realizedToday = SandboxAmount.zero
    var closedAt: MarketDate?
    var createdAt: Date
    var updatedAt: Date
}

struct LedgerFees: Sendable {
    var commission = SandboxAmount.zero
    var clearing = SandboxAmount.zero
    var regulatory = SandboxAmount.zero
    var proprietaryIndex = SandboxAmount.zero

    var total: SandboxAmount { commission + clearing + regulatory + proprietaryIndex }
}

/// One line of an account's history. Values are signed: positive is received.
struct LedgerTransaction: Sendable {
    var id: Int
    var type: String
    var subType: String
    var description: String
    var instrument: Int?
    var action: String?
    var quantity: SandboxAmount?
    var price: SandboxAmount?
    var value: SandboxAmount
    var fees = LedgerFees()
    var executedAt: Date
    var date: MarketDate
    var orderID: Int?

    var net: SandboxAmount { value - fees.total }
}

struct LedgerLeg: Sendable {
    var instrument: Int
    /// Signed: negative sells.
    var quantity: SandboxAmount
    var price: SandboxAmount
}

/// An order as the account's owner sees it; filled at once and whole, or resting.
struct LedgerOrder: Sendable {
    struct Leg: Sendable {
        var instrument: Int
        var action: String
        var quantity: SandboxAmount
        var price: SandboxAmount
    }

    var id: Int
    var status: String
    var legs: [Leg]
    /// Net price per unit of the order, positive received.
    var price: SandboxAmount
    var size: SandboxAmount
    var receivedAt: Date
    var date: MarketDate
    var isFilled: Bool { status == "Filled" }
}
