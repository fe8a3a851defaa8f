/// One position at a session's edge, as it was shown.
package struct DailyPositionSnapshot: Sendable, Hashable {
    package var date: CalendarDate
    package var position: PositionKey
    package var quantity: FixedDecimal
    package var mark: FixedDecimal?
    package var marketValue: FixedDecimal?
    package var underlyingPrice: FixedDecimal?
    package var delta: Double?
    package var gamma: Double?
    package var theta: Double?
    package var vega: Double?
    package var rho: Double?
    package var volatility: Double?
    package var state: FigureState
    package var asOf: Timestamp

    package init(
        date: CalendarDate, position: PositionKey, quantity: FixedDecimal, state: FigureState, asOf: Timestamp
    ) {
        self.date = date
        self.position = position
        self.quantity = quantity
        self.state = state
        self.asOf = asOf
    }
}

/// One account on one day, in the account's currency.
package struct DailyAccountSnapshot: Sendable, Hashable {
    package var date: CalendarDate
    package var account: AccountID
    package var currency: Currency
    package var netLiquidation: FixedDecimal?
    package var brokerNetLiquidation: FixedDecimal?
    package var cash: FixedDecimal?
    package var dayPnL: FixedDecimal?
    package var state: FigureState
    package var asOf: Timestamp

    package init(date: CalendarDate, account: AccountID, currency: Currency, state: FigureState, asOf: Timestamp) {
        self.date = date
        self.account = account
        self.currency = currency
        self.state = state
        self.asOf = asOf
    }
}
