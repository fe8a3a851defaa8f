import PortfolioModel

/// The sums of one account, in its currency; Greeks in base currency.
struct AccountTotals: Sendable {
    var marketValue = MoneySum()
    var dayPnL = MoneySum()
    var unrealized = MoneySum()
    var greeks = GreeksSum()

    mutating func add(_ row: PositionView) {
        marketValue.add(row.marketValue.account, named: row.name)
        dayPnL.add(row.dayPnL.account, named: row.name)
        unrealized.add(row.unrealizedPnL.account, named: row.name)
        greeks.add(row.moneyGreeks, named: row.name)
    }
}

/// The sums of one underlying group over all accounts; delta and gamma in units of its head.
struct GroupTotals: Sendable {
    private(set) var units = UnitSum()
    private(set) var dayPnL = MoneySum()
    private(set) var greeks = GreeksSum()

    mutating func add(_ row: PositionView, _ place: UnderlyingGrouping.Place) {
        units.add(row.positionGreeks, place)
        dayPnL.add(row.dayPnL.base, named: row.name)
        greeks.add(row.moneyGreeks, named: row.name)
    }
}

/// The sums of the whole book in base currency.
struct BookTotals: Sendable {
    var marketValue = MoneySum()
    private var notional = MoneySum()
    private var dayPnL = MoneySum()
    private var unrealized = MoneySum()
    private var realized = MoneySum()
    private var greeks = GreeksSum()
    private var exposure = ExactSum()
    private var coveredExposure = ExactSum()
    private var unmeasured: [String] = []
    private var counts = StateCounts(positions: 0, confirmed: 0, stale: 0, unknown: 0)

    /// - Parameter exposure: absolute q d S in base currency; nil when it is not known.
    mutating func add(_ row: PositionView, exposure: Double?, in fx: FXTable, base: Currency) {
        marketValue.add(row.marketValue.base, named: row.name)
        if let part = row.notional { notional.add(fx.convert(part, to: base), named: row.name) }
        dayPnL.add(row.dayPnL.base, named: row.name)
        unrealized.add(row.unrealizedPnL.base, named: row.name)
        realized.add(fx.convert(row.realizedToday, to: base), named: row.name)
        greeks.add(row.moneyGreeks, named: row.name)
        if let value = exposure {
            self.exposure.add(value)
            if row.moneyGreeks.value != nil { coveredExposure.add(value) }
        } else {
            unmeasured.append(row.name)
        }
        counts.positions += 1
        switch row.state {
        case .confirmed: counts.confirmed += 1
        case .stale: counts.stale += 1
        case .unknown: counts.unknown += 1
        }
    }

    /// `cash` and `netLiquidation` are the accounts' balances', added where the view is made.
    func view(_ base: Currency, cash: MoneyTotal, netLiquidation: MoneyTotal) -> TotalsView {
        let all = exposure.value
        return TotalsView(
            netLiquidation: netLiquidation, cash: cash, marketValue: marketValue.total(base),
            notional: notional.total(base), dayPnL: dayPnL.total(base), unrealizedPnL: unrealized.total(base),
            realizedPnLToday: realized.total(base), greeks: greeks.total,
            covered: unmeasured.isEmpty && all > 0 ? coveredExposure.value / all : nil,
            unmeasured: unmeasured.sorted(), counts: counts)
    }
}

extension PositionView {
    /// How totals name a part they lack, and analyses a position.
    package var name: String { "\(account.id) \(instrument.name)" }

    /// What the broker says was realised today, native.
    var realizedToday: MoneyFigure {
        guard let amount = position.realizedToday else {
            return .unknown("not reported by \(account.key.broker)", instrument.currency)
        }
        return MoneyFigure(
            .known(amount, account.state, asOf: position.asOf, source: account.key.broker.name), instrument.currency)
    }
}
