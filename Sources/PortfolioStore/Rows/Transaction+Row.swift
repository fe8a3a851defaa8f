import GRDB
import PortfolioModel

extension Transaction: StoredRow {
    static let table = TableShape(
        "account_transaction", key: ["account", "external_id"],
        values: [
            "type", "subtype", "description", "instrument", "quantity", "price", "net_cash", "fees", "currency",
            "executed_at", "trade_date", "received_at", "order_id",
        ])

    func bind(to columns: inout ColumnBinder) {
        columns.bind(
            account, externalID, type, subtype, description, instrument, quantity, price, netCash, fees, currency,
            executedAt, tradeDate, receivedAt, orderID)
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            account: try reader.account(), externalID: try reader.text("external_id"), type: try reader.text("type"),
            subtype: try reader.text("subtype"), description: try reader.text("description"),
            instrument: try reader.instrumentIfAny(), quantity: try reader.decimalIfAny("quantity"),
            price: try reader.decimalIfAny("price"), netCash: try reader.decimal("net_cash"),
            fees: try reader.decimal("fees"), currency: try reader.currency("currency"),
            executedAt: try reader.time("executed_at"), tradeDate: try reader.date("trade_date"),
            receivedAt: try reader.time("received_at"), orderID: try reader.textIfAny("order_id"))
    }

    /// Gives the stored row its order where it has none; nothing else of it ever changes.
    func completeOrder(_ db: Database) throws {
        guard let orderID else { return }
        try db.cachedStatement(
            sql: """
                UPDATE account_transaction SET order_id = ?
                WHERE account = ? AND external_id = ? AND order_id IS NULL
                """
        ).execute(arguments: [orderID, account.text, externalID])
    }

    /// Whether two readings of one record say the same of money; when they were received does not matter.
    func agrees(with other: Transaction) -> Bool {
        quantity == other.quantity && price == other.price && netCash == other.netCash && fees == other.fees
            && currency == other.currency && tradeDate == other.tradeDate
    }
}
