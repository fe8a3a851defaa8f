import BrokerKit
import PortfolioModel

/// One row of account history; amounts signed by their effects.
struct WireTransaction: Sendable {
    /// The kinds of fee a row can carry; each has an `-effect` beside it.
    static let feeFields = [
        "commission", "clearing-fees", "regulatory-fees", "proprietary-index-option-fees", "currency-conversion-fees",
        "other-charge",
    ]

    var id: String
    var type: String
    var subtype: String
    var description: String
    var action: String?
    var symbol: String?
    var instrumentType: String?
    var underlyingSymbol: String?
    /// Magnitude.
    var quantity: FixedDecimal?
    var price: FixedDecimal?
    var netValue: FixedDecimal
    var fees: FixedDecimal
    var currency: String
    var executedAt: Timestamp
    var transactionDate: CalendarDate?
    /// Of the order that it filled; absent for rows that are no fill.
    var orderID: String?

    init(_ value: JSONValue) throws(WireError) {
        var wire = try WireObject(value, place: "transaction")
        id = try wire.requiredText("id")
        wire.place = "transaction \(id)"
        type = try wire.requiredText("transaction-type")
        subtype = try wire.text("transaction-sub-type") ?? ""
        description = try wire.text("description") ?? ""
        action = try wire.text("action")
        symbol = try wire.text("symbol")
        instrumentType = try wire.text("instrument-type")
        underlyingSymbol = try wire.text("underlying-symbol")
        quantity = try wire.decimal("quantity")
        price = try wire.decimal("price")
        guard let net = try wire.signedDecimal("net-value") else { throw wire.failure("net-value", "missing") }
        netValue = net
        var total = FixedDecimal.zero
        for field in Self.feeFields {
            guard let fee = try wire.signedDecimal(field) else { continue }
            do { total = try total + fee } catch { throw wire.failure(field, "out of range") }
        }
        fees = total
        currency = try wire.text("currency") ?? "USD"
        guard let time = try wire.timestamp("executed-at") else { throw wire.failure("executed-at", "missing") }
        executedAt = time
        transactionDate = try wire.date("transaction-date")
        orderID = try wire.text("order-id")
    }
}

extension TastytradeAPI {
    /// More pages than this, of 250 rows each, are refused: the configured days reach too far back.
    private static let maximumPages = 200

    /// `GET /accounts/{n}/transactions` from a date on, all pages, oldest first; `page-offset` counts pages from 0.
    func transactions(of account: String, from date: CalendarDate) async throws -> [WireTransaction] {
        var rows: [WireTransaction] = []
        for page in 0..<Self.maximumPages {
            let envelope = try await get(
                APIRequest(
                    ["accounts", account, "transactions"], place: "transactions",
                    query: [
                        ("start-date", date.description), ("sort", "Asc"), ("per-page", "250"),
                        ("page-offset", String(page)),
                    ]))
            do {
                rows += try envelope.items.map { (item) throws(WireError) in try WireTransaction(item) }
            } catch {
                throw APIEnvelope.unreadable("transactions", error)
            }
            guard let place = envelope.page, place.offset < place.total - 1 else { return rows }
        }
        throw BrokerError(.retryable, code: "too-many-pages", "transactions have more than \(Self.maximumPages) pages")
    }
}
