import PortfolioModel

/// `transactions --json`: account history as the brokers reported it, newest first.
struct TransactionsDocument: Document {
    static let schemaName = "tributary.transactions/1"

    struct Row: Codable, Sendable, Equatable {
        var account: AccountReference
        /// The broker's own id.
        var id: String
        /// The broker's own id of the order that this filled; null where it is no fill or the broker did not state it.
        @ExplicitNull var orderId: String?
        var type: String
        var subtype: String
        var description: String
        @ExplicitNull var instrument: InstrumentDocument?
        @ExplicitNull var quantity: FixedDecimal?
        @ExplicitNull var price: FixedDecimal?
        /// Effect on cash after fees.
        var netCash: MoneyDocument
        /// Negative when paid.
        var fees: MoneyDocument
        var executedAt: Timestamp
        var tradeDate: CalendarDate
        var receivedAt: Timestamp
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var transactions: [Row]

    /// Rows of accounts that the book does not hold are left out: the store refuses such rows.
    init(
        transactions: [Transaction], accounts: [AccountID: Account], instruments: InstrumentMaster, sequence: UInt64,
        asOf: Timestamp, options: DocumentOptions
    ) {
        self.sequence = sequence
        self.asOf = asOf
        self.transactions =
            transactions
            .sorted { ($0.executedAt, $0.externalID) > ($1.executedAt, $1.externalID) }
            .compactMap { row in accounts[row.account].map { Self.row(row, $0, instruments, options) } }
    }

    private static func row(
        _ row: Transaction, _ account: Account, _ master: InstrumentMaster, _ options: DocumentOptions
    ) -> Row {
        let instrument = row.instrument.flatMap { master.contains($0) ? master[$0] : nil }
        let underlying = instrument?.underlying.flatMap { master.contains($0) ? master[$0] : nil }
        return Row(
            account: AccountReference(account, options), id: row.externalID, orderId: row.orderID, type: row.type,
            subtype: row.subtype, description: row.description,
            instrument: instrument.map { InstrumentDocument($0, underlying: underlying) }, quantity: row.quantity,
            price: row.price, netCash: MoneyDocument(row.netCash, row.currency),
            fees: MoneyDocument(row.fees, row.currency), executedAt: row.executedAt, tradeDate: row.tradeDate,
            receivedAt: row.receivedAt)
    }
}
