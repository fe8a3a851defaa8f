/// One row of a broker's account history, as it is kept: append-only, with the broker's own id as its identity.
package struct Transaction: Sendable, Hashable, Codable {
    package let account: AccountID
    /// The broker's own id; with the account it is the key, so that reading twice never doubles.
    package let externalID: String
    /// The broker's words, `Trade`, `Money Movement`, and below it `Sell to Open`, `Dividend`.
    package var type: String
    package var subtype: String
    package var description: String
    package var instrument: InstrumentID?
    /// Signed: bought or received positive; nil for pure cash rows.
    package var quantity: FixedDecimal?
    package var price: FixedDecimal?
    /// Effect on cash after fees, signed.
    package var netCash: FixedDecimal
    /// Sum of commissions and fees, negative when paid.
    package var fees: FixedDecimal
    package var currency: Currency
    package var executedAt: Timestamp
    package var tradeDate: CalendarDate
    package var receivedAt: Timestamp
    /// The broker's own id of the order that this filled; nil where it is no fill, or the broker did not state it.
    package var orderID: String?

    package init(
        account: AccountID, externalID: String, type: String, subtype: String, description: String,
        instrument: InstrumentID?, quantity: FixedDecimal?, price: FixedDecimal?, netCash: FixedDecimal,
        fees: FixedDecimal, currency: Currency, executedAt: Timestamp, tradeDate: CalendarDate, receivedAt: Timestamp,
        orderID: String? = nil
    ) {
        self.account = account
        self.externalID = externalID
        self.type = type
        self.subtype = subtype
        self.description = description
        self.instrument = instrument
        self.quantity = quantity
        self.price = price
        self.netCash = netCash
        self.fees = fees
        self.currency = currency
        self.executedAt = executedAt
        self.tradeDate = tradeDate
        self.receivedAt = receivedAt
        self.orderID = orderID
    }
}
