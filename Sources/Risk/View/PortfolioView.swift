package import PortfolioModel

/// The whole book valued at one sequence and time: everything a document, a table or an alert shows comes from one of
/// these, so that no two figures on a screen are of different moments.
package struct PortfolioView: Sendable {
    package var sequence: UInt64
    package var at: Timestamp
    package var base: Currency
    /// Ordered by underlying group, expiry, strike, right, account; shares before options of one group.
    package var positions: [PositionView]
    package var accounts: [AccountView]
    package var groups: [GroupView]
    /// Which underlyings the groups are made of.
    package var grouping: UnderlyingGrouping
    package var totals: TotalsView
    package var brokers: [BrokerStatus]
    package var rates: [FXRate]
    /// The same rates, ready to convert, aged at this view's instant.
    package var fx: FXTable
    package var balances: [Balance]
    /// Keyed for lookups from balances and transactions.
    package var accountsByID: [AccountID: Account]
    /// What deserves a person's eye now: refused feeds, identity conflicts; of a running service raised alerts too.
    package var alarms: [String]

    package init(
        sequence: UInt64, at: Timestamp, base: Currency, positions: [PositionView], accounts: [AccountView],
        groups: [GroupView], totals: TotalsView, brokers: [BrokerStatus], rates: [FXRate], balances: [Balance],
        accountsByID: [AccountID: Account], alarms: [String], fx: FXTable? = nil,
        grouping: UnderlyingGrouping = UnderlyingGrouping()
    ) {
        self.sequence = sequence
        self.at = at
        self.base = base
        self.positions = positions
        self.accounts = accounts
        self.groups = groups
        self.grouping = grouping
        self.totals = totals
        self.brokers = brokers
        self.rates = rates
        self.fx = fx ?? FXTable(rates)
        self.balances = balances
        self.accountsByID = accountsByID
        self.alarms = alarms
    }
}

/// One account's line, in the account's own currency unless said otherwise.
package struct AccountView: Sendable {
    package var account: Account
    /// Ours: cash of all currencies + market values.
    package var netLiquidation: MoneyTotal
    package var cash: MoneyTotal
    package var marketValue: MoneyTotal
    package var dayPnL: MoneyTotal
    package var unrealizedPnL: MoneyTotal
    /// The broker's own figures; state is the account's.
    package var broker: AccountFigures?
    package var brokerNetLiquidation: MoneyFigure
    /// Derivative buying power, the broker's.
    package var buyingPower: MoneyFigure
    package var buyingPowerUsed: MoneyFigure
    /// Maintenance requirement / net liquidation x 100, by the broker's figures.
    package var marginUsedPercent: Figure<Double>
    /// Base currency: the only figures of the line that are not in the account's.
    package var moneyGreeks: GreeksTotal

    package init(
        account: Account, netLiquidation: MoneyTotal, cash: MoneyTotal, marketValue: MoneyTotal, dayPnL: MoneyTotal,
        unrealizedPnL: MoneyTotal, broker: AccountFigures? = nil, brokerNetLiquidation: MoneyFigure,
        buyingPower: MoneyFigure, buyingPowerUsed: MoneyFigure, marginUsedPercent: Figure<Double>,
        moneyGreeks: GreeksTotal
    ) {
        self.account = account
        self.netLiquidation = netLiquidation
        self.cash = cash
        self.marketValue = marketValue
        self.dayPnL = dayPnL
        self.unrealizedPnL = unrealizedPnL
        self.broker = broker
        self.brokerNetLiquidation = brokerNetLiquidation
        self.buyingPower = buyingPower
        self.buyingPowerUsed = buyingPowerUsed
        self.marginUsedPercent = marginUsedPercent
        self.moneyGreeks = moneyGreeks
    }
}

/// One underlying group over all accounts and brokers. Share deltas and gammas are summed inside it only.
package struct GroupView: Sendable {
    /// One of several underlyings in a group.
    package struct Member: Sendable {
        package var symbol: String
        package var price: Figure<FixedDecimal>
        /// Units of the group's head for one of it.
        package var ratio: Figure<Double>
        /// What its gammas are multiplied by.
        package var gammaRatio: Figure<Double>

        package init(
            symbol: String, price: Figure<FixedDecimal>, ratio: Figure<Double>, gammaRatio: Figure<Double>
        ) {
            self.symbol = symbol
            self.price = price
            self.ratio = ratio
            self.gammaRatio = gammaRatio
        }
    }

    /// The head's: the first of the group's underlyings that is held.
    package var symbol: String
    package var underlyingPrice: Figure<FixedDecimal>
    /// The head first; empty for an underlying that stands alone.
    package var members: [Member]
    /// In units of the head; nil when a part is unknown (its name is in `missing`).
    package var delta: Double?
    package var gamma: Double?
    /// Base currency, as `vega` and `dollarDelta` are.
    package var theta: Double?
    package var vega: Double?
    package var dollarDelta: Double?
    package var dayPnL: MoneyTotal
    package var state: FigureState
    package var missing: [String]

    package init(
        symbol: String, underlyingPrice: Figure<FixedDecimal>, members: [Member] = [], delta: Double? = nil,
        gamma: Double? = nil, theta: Double? = nil, vega: Double? = nil, dollarDelta: Double? = nil,
        dayPnL: MoneyTotal, state: FigureState, missing: [String]
    ) {
        self.symbol = symbol
        self.underlyingPrice = underlyingPrice
        self.members = members
        self.delta = delta
        self.gamma = gamma
        self.theta = theta
        self.vega = vega
        self.dollarDelta = dollarDelta
        self.dayPnL = dayPnL
        self.state = state
        self.missing = missing
    }
}

/// A sum of money Greeks: value nil with a part unknown, what is known beside it.
package struct GreeksTotal: Sendable {
    package var known: MoneyGreeks
    package var missing: [String]
    package var state: FigureState
    package var value: MoneyGreeks? { missing.isEmpty ? known : nil }

    package init(
        known: MoneyGreeks, missing: [String], state: FigureState
    ) {
        self.known = known
        self.missing = missing
        self.state = state
    }
}

/// The whole portfolio in base currency.
package struct TotalsView: Sendable {
    package var netLiquidation: MoneyTotal
    package var cash: MoneyTotal
    package var marketValue: MoneyTotal
    /// Signed notional of futures: the exposure that market value leaves out.
    package var notional: MoneyTotal
    package var dayPnL: MoneyTotal
    package var unrealizedPnL: MoneyTotal
    package var realizedPnLToday: MoneyTotal
    package var greeks: GreeksTotal
    /// Absolute q d S of positions with known Greeks / of all, 0...1; nil while a position's is not known.
    package var covered: Double?
    /// Positions whose q d S is not known, by name.
    package var unmeasured: [String]
    package var counts: StateCounts

    package init(
        netLiquidation: MoneyTotal, cash: MoneyTotal, marketValue: MoneyTotal, notional: MoneyTotal,
        dayPnL: MoneyTotal, unrealizedPnL: MoneyTotal, realizedPnLToday: MoneyTotal, greeks: GreeksTotal,
        covered: Double? = nil, unmeasured: [String] = [], counts: StateCounts
    ) {
        self.netLiquidation = netLiquidation
        self.cash = cash
        self.marketValue = marketValue
        self.notional = notional
        self.dayPnL = dayPnL
        self.unrealizedPnL = unrealizedPnL
        self.realizedPnLToday = realizedPnLToday
        self.greeks = greeks
        self.covered = covered
        self.unmeasured = unmeasured
        self.counts = counts
    }
}

extension TotalsView {
    /// Why `covered` is nil; nil when it is not.
    package var coveredReason: String? {
        if covered != nil { return nil }
        return unmeasured.isEmpty ? "no exposure" : "exposure of \(unmeasured.abridged) unknown"
    }
}

/// How many positions are in each state.
package struct StateCounts: Sendable, Equatable {
    package var positions: Int
    package var confirmed: Int
    package var stale: Int
    package var unknown: Int

    package init(
        positions: Int, confirmed: Int, stale: Int, unknown: Int
    ) {
        self.positions = positions
        self.confirmed = confirmed
        self.stale = stale
        self.unknown = unknown
    }
}
