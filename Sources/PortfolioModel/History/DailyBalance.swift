/// Cash of one account in one currency at a session's edge, with the rate of that moment. The last one of a day stays.
package struct DailyBalance: Sendable, Hashable {
    package var date: CalendarDate
    package var key: Balance.Key
    /// Signed.
    package var cash: FixedDecimal
    /// Units of base currency for one of the balance's; nil where unknown.
    package var fx: FixedDecimal?
    package var state: FigureState
    /// When it was looked at.
    package var at: Timestamp

    package init(
        date: CalendarDate, key: Balance.Key, cash: FixedDecimal, fx: FixedDecimal?, state: FigureState, at: Timestamp
    ) {
        self.date = date
        self.key = key
        self.cash = cash
        self.fx = fx
        self.state = state
        self.at = at
    }
}
