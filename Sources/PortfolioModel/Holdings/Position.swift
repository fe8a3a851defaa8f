/// What a position is known by: one instrument in one account.
package struct PositionKey: Hashable, Sendable, Comparable, Codable {
    package let account: AccountID
    package let instrument: InstrumentID

    package init(_ account: AccountID, _ instrument: InstrumentID) {
        self.account = account
        self.instrument = instrument
    }

    package static func < (left: PositionKey, right: PositionKey) -> Bool {
        (left.account, left.instrument) < (right.account, right.instrument)
    }
}

/// Signed net quantity of one instrument in one account, with what its broker says about it.
package struct Position: Sendable, Hashable, Codable {
    package let key: PositionKey
    /// Negative for short. Contracts for derivatives, units otherwise.
    package var quantity: FixedDecimal
    /// Price per unit without fees; nil when the source does not know it.
    package var averageOpenPrice: FixedDecimal?
    /// Native currency, signed as a long's outlay: positive for long, negative for short.
    package var costBasis: FixedDecimal?
    package var basis: Basis
    /// Previous settlement by the broker, per unit of quoted price.
    package var priorSettlement: FixedDecimal?
    /// The broker's own mark per unit, kept beside ours.
    package var brokerMark: FixedDecimal?
    package var brokerMarkAsOf: Timestamp?
    /// Realised today by the broker, native currency, signed.
    package var realizedToday: FixedDecimal?
    package var today: DayActivity
    package var asOf: Timestamp

    package var account: AccountID { key.account }
    package var instrument: InstrumentID { key.instrument }

    package init(
        key: PositionKey, quantity: FixedDecimal, averageOpenPrice: FixedDecimal? = nil, costBasis: FixedDecimal? = nil,
        basis: Basis, priorSettlement: FixedDecimal? = nil, brokerMark: FixedDecimal? = nil,
        brokerMarkAsOf: Timestamp? = nil, realizedToday: FixedDecimal? = nil, today: DayActivity = .init(),
        asOf: Timestamp
    ) {
        self.key = key
        self.quantity = quantity
        self.averageOpenPrice = averageOpenPrice
        self.costBasis = costBasis
        self.basis = basis
        self.priorSettlement = priorSettlement
        self.brokerMark = brokerMark
        self.brokerMarkAsOf = brokerMarkAsOf
        self.realizedToday = realizedToday
        self.today = today
        self.asOf = asOf
    }
}

/// Whether prices and bases contain fees, and whose they are (tastytrade: no fees; Fidelity: fees and reinvestment).
package struct Basis: Sendable, Hashable, Codable {
    package var includesFees: Bool
    package var source: String

    package init(includesFees: Bool, source: String) {
        self.includesFees = includesFees
        self.source = source
    }
}

/// Today's fills and cash of one position, for day P&L. The day is the listing exchange's session.
package struct DayActivity: Sendable, Hashable, Codable {
    package struct Fill: Sendable, Hashable, Codable {
        /// Signed: bought positive.
        package var quantity: FixedDecimal
        package var price: FixedDecimal

        package init(quantity: FixedDecimal, price: FixedDecimal) {
            self.quantity = quantity
            self.price = price
        }
    }

    /// The session the activity is of; nil when the source reported none.
    package var date: CalendarDate?
    package var fills: [Fill]
    /// Dividends and interest less fees, native currency, signed.
    package var cash: FixedDecimal

    package init(date: CalendarDate? = nil, fills: [Fill] = [], cash: FixedDecimal = .zero) {
        self.date = date
        self.fills = fills
        self.cash = cash
    }
}
