/// Cash of one account in one currency. Negative balances keep their sign.
package struct Balance: Sendable, Hashable, Codable {
    package struct Key: Hashable, Sendable, Comparable, Codable {
        package let account: AccountID
        package let currency: Currency

        package init(_ account: AccountID, _ currency: Currency) {
            self.account = account
            self.currency = currency
        }

        package static func < (left: Key, right: Key) -> Bool {
            (left.account, left.currency) < (right.account, right.currency)
        }
    }

    package let key: Key
    package var cash: FixedDecimal
    package var settledCash: FixedDecimal?
    package var pendingCash: FixedDecimal?
    package var accruedInterest: FixedDecimal?
    package var asOf: Timestamp

    package init(
        key: Key, cash: FixedDecimal, settledCash: FixedDecimal? = nil, pendingCash: FixedDecimal? = nil,
        accruedInterest: FixedDecimal? = nil, asOf: Timestamp
    ) {
        self.key = key
        self.cash = cash
        self.settledCash = settledCash
        self.pendingCash = pendingCash
        self.accruedInterest = accruedInterest
        self.asOf = asOf
    }
}

/// The broker's own figures of an account, kept beside ours, in the account's currency.
package struct AccountFigures: Sendable, Hashable, Codable {
    package let account: AccountID
    package var netLiquidation: FixedDecimal?
    package var equityBuyingPower: FixedDecimal?
    package var derivativeBuyingPower: FixedDecimal?
    package var usedDerivativeBuyingPower: FixedDecimal?
    package var initialMargin: FixedDecimal?
    package var maintenanceMargin: FixedDecimal?
    package var isPatternDayTrader: Bool?
    package var asOf: Timestamp

    package init(
        account: AccountID, netLiquidation: FixedDecimal? = nil, equityBuyingPower: FixedDecimal? = nil,
        derivativeBuyingPower: FixedDecimal? = nil, usedDerivativeBuyingPower: FixedDecimal? = nil,
        initialMargin: FixedDecimal? = nil, maintenanceMargin: FixedDecimal? = nil, isPatternDayTrader: Bool? = nil,
        asOf: Timestamp
    ) {
        self.account = account
        self.netLiquidation = netLiquidation
        self.equityBuyingPower = equityBuyingPower
        self.derivativeBuyingPower = derivativeBuyingPower
        self.usedDerivativeBuyingPower = usedDerivativeBuyingPower
        self.initialMargin = initialMargin
        self.maintenanceMargin = maintenanceMargin
        self.isPatternDayTrader = isPatternDayTrader
        self.asOf = asOf
    }
}
