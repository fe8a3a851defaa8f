package import PortfolioModel

/// An account as its broker names it.
package struct VenueAccount: Sendable, Hashable, Codable {
    package var number: String
    package var name: String?
    package var taxStatus: Account.TaxStatus?
    package var currency: Currency?

    package init(number: String, name: String? = nil, taxStatus: Account.TaxStatus? = nil, currency: Currency? = nil) {
        self.number = number
        self.name = name
        self.taxStatus = taxStatus
        self.currency = currency
    }
}

/// A position in the venue's words. `quantity` is signed; zero closes it. Amounts are in the instrument's currency.
package struct VenuePosition: Sendable, Hashable, Codable {
    package var instrument: VenueInstrument
    package var quantity: FixedDecimal
    package var averageOpenPrice: FixedDecimal?
    package var costBasis: FixedDecimal?
    package var basis: Basis
    package var priorSettlement: FixedDecimal?
    package var brokerMark: FixedDecimal?
    package var brokerMarkAsOf: Timestamp?
    package var realizedToday: FixedDecimal?
    package var asOf: Timestamp

    package init(instrument: VenueInstrument, quantity: FixedDecimal, basis: Basis, asOf: Timestamp) {
        self.instrument = instrument
        self.quantity = quantity
        self.basis = basis
        self.asOf = asOf
    }
}

/// Cash of one currency in one account.
package struct VenueBalance: Sendable, Hashable, Codable {
    package var currency: Currency
    package var cash: FixedDecimal
    package var settledCash: FixedDecimal?
    package var pendingCash: FixedDecimal?
    package var accruedInterest: FixedDecimal?

    package init(currency: Currency, cash: FixedDecimal) {
        self.currency = currency
        self.cash = cash
    }
}

/// The broker's own figures of an account, in the account's currency.
package struct VenueAccountFigures: Sendable, Hashable, Codable {
    package var netLiquidation: FixedDecimal?
    package var equityBuyingPower: FixedDecimal?
    package var derivativeBuyingPower: FixedDecimal?
    package var usedDerivativeBuyingPower: FixedDecimal?
    package var initialMargin: FixedDecimal?
    package var maintenanceMargin: FixedDecimal?
    package var isPatternDayTrader: Bool?

    package init() {}
}

/// One account whole, as of one time: it replaces what was held of that account. It exists only when every part was
/// received; a failed request makes no snapshot.
package struct AccountSnapshot: Sendable, Hashable, Codable {
    package var account: VenueAccount
    package var positions: [VenuePosition]
    package var balances: [VenueBalance]
    package var figures: VenueAccountFigures?
    package var asOf: Timestamp

    package init(account: VenueAccount, positions: [VenuePosition], balances: [VenueBalance], asOf: Timestamp) {
        self.account = account
        self.positions = positions
        self.balances = balances
        self.asOf = asOf
    }
}

/// One row of account history in the venue's words; signs as in `Transaction`.
package struct VenueTransaction: Sendable, Hashable, Codable {
    package var externalID: String
    package var type: String
    package var subtype: String
    package var description: String
    package var instrument: VenueInstrument?
    package var quantity: FixedDecimal?
    package var price: FixedDecimal?
    package var netCash: FixedDecimal
    package var fees: FixedDecimal
    package var currency: Currency
    package var executedAt: Timestamp
    package var tradeDate: CalendarDate
    /// The venue's own id of the order that the row filled; nil where it is no fill, or does not say.
    package var orderID: String?

    package init(
        externalID: String, type: String, subtype: String, description: String, netCash: FixedDecimal,
        fees: FixedDecimal, currency: Currency, executedAt: Timestamp, tradeDate: CalendarDate
    ) {
        self.externalID = externalID
        self.type = type
        self.subtype = subtype
        self.description = description
        self.netCash = netCash
        self.fees = fees
        self.currency = currency
        self.executedAt = executedAt
        self.tradeDate = tradeDate
    }
}

/// A working or recently finished order, for display; order entry is another chapter.
package struct VenueOrder: Sendable, Hashable, Codable {
    package var id: String
    package var status: String
    package var underlying: String
    package var legCount: Int
    package var updatedAt: Timestamp

    package init(id: String, status: String, underlying: String, legCount: Int, updatedAt: Timestamp) {
        self.id = id
        self.status = status
        self.underlying = underlying
        self.legCount = legCount
        self.updatedAt = updatedAt
    }
}
