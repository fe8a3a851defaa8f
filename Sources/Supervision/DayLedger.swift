import PortfolioModel

/// Today's transactions by account, each once, for day P&L. Yesterday's are dropped when the session's date moves on.
struct DayLedger: Sendable {
    private var date: CalendarDate?
    private var rows: [AccountID: [String: Transaction]] = [:]

    /// True when the row is of today and was not known.
    mutating func add(_ transaction: Transaction, on today: CalendarDate) -> Bool {
        roll(to: today)
        guard transaction.tradeDate == today else { return false }
        return rows[transaction.account, default: [:]].updateValue(transaction, forKey: transaction.externalID) == nil
    }

    /// Fills, and dividends and interest less fees, of one position today.
    mutating func activity(of key: PositionKey, on today: CalendarDate) -> DayActivity {
        roll(to: today)
        var activity = DayActivity()
        let mine = (rows[key.account] ?? [:]).values.filter { $0.instrument == key.instrument }
        for row in mine.sorted(by: { ($0.executedAt, $0.externalID) < ($1.executedAt, $1.externalID) }) {
            activity.date = today
            if let quantity = row.quantity, let price = row.price, !quantity.isZero {
                activity.fills.append(.init(quantity: quantity, price: price))
                activity.cash = (try? activity.cash + row.fees) ?? activity.cash
            } else {
                activity.cash = (try? activity.cash + row.netCash) ?? activity.cash
            }
        }
        return activity
    }

    private mutating func roll(to today: CalendarDate) {
        if date != today { (date, rows) = (today, [:]) }
    }
}
