import PortfolioModel

/// The sums of one account, in its currency; Greeks in base currency.
struct AccountTotals: Sendable {
    var marketValue = MoneySum()
    var dayPnL = MoneySum()
    var unrealized = MoneySum()
    var greeks = GreeksSum()

    mutating func change(_ row: PositionView, by sign: Int) {
        let name = row.partName
        marketValue.change(row.marketValue.account, named: name, by: sign)
        dayPnL.change(row.dayPnL.account, named: name, by: sign)
        unrealized.change(row.unrealizedPnL.account, named: name, by: sign)
        greeks.change(row.moneyGreeks, named: name, by: sign)
    }
}

/// The sums of one underlying group over all accounts.
struct GroupTotals: Sendable {
    private(set) var count = 0
    private(set) var delta = ExactSum()
    private(set) var gamma = ExactSum()
    private(set) var dayPnL = MoneySum()
    private(set) var greeks = GreeksSum()
    private var unknownDeltas = 0

    /// Whether every part's delta and gamma are known.
    var hasDelta: Bool { unknownDeltas == 0 }

    mutating func change(_ row: PositionView, by sign: Int) {
        count += sign
        let name = row.partName
        if let greeks = row.positionGreeks.value {
            delta.add(greeks.delta * Double(sign))
            gamma.add(greeks.gamma * Double(sign))
        } else {
            unknownDeltas += sign
        }
        dayPnL.change(row.dayPnL.base, named: name, by: sign)
        greeks.change(row.moneyGreeks, named: name, by: sign)
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
    private var exposed = 0
    private var counts = StateCounts(positions: 0, confirmed: 0, stale: 0, unknown: 0)

    mutating func change(_ row: PositionView, in fx: FXTable, base: Currency, by sign: Int) {
        let name = row.partName
        marketValue.change(row.marketValue.base, named: name, by: sign)
        if let part = row.notional { notional.change(fx.convert(part, to: base), named: name, by: sign) }
        dayPnL.change(row.dayPnL.base, named: name, by: sign)
        unrealized.change(row.unrealizedPnL.base, named: name, by: sign)
        realized.change(fx.convert(row.realizedToday, to: base), named: name, by: sign)
        greeks.change(row.moneyGreeks, named: name, by: sign)
        if let value = row.exposure(fx, base) {
            exposed += sign
            exposure.add(value * Double(sign))
            if row.moneyGreeks.value != nil { coveredExposure.add(value * Double(sign)) }
        }
        counts.positions += sign
        switch row.state {
        case .confirmed: counts.confirmed += sign
        case .stale: counts.stale += sign
        case .unknown: counts.unknown += sign
        }
    }

    /// `cash` and `netLiquidation` are the accounts' balances', added where the view is made.
    func view(_ base: Currency, cash: MoneyTotal, netLiquidation: MoneyTotal) -> TotalsView {
        let all = exposure.value
        return TotalsView(
            netLiquidation: netLiquidation, cash: cash, marketValue: marketValue.total(base),
            notional: notional.total(base), dayPnL: dayPnL.total(base), unrealizedPnL: unrealized.total(base),
            realizedPnLToday: realized.total(base), greeks: greeks.total,
            covered: exposed > 0 && all > 0 ? coveredExposure.value / all : nil, counts: counts)
    }
}

extension PositionView {
    /// How a total names a part it lacks.
    var partName: String { "\(account.id) \(instrument.symbol)" }

    /// What the broker says was realised today, native.
    var realizedToday: MoneyFigure {
        guard let amount = position.realizedToday else {
            return .unknown("not reported by \(account.key.broker)", instrument.currency)
        }
        return MoneyFigure(
            .known(amount, account.state, asOf: position.asOf, source: account.key.broker.name), instrument.currency)
    }

    /// Absolute q d S in base currency; nil when price, deliverable or rate is not known.
    func exposure(_ fx: FXTable, _ base: Currency) -> Double? {
        guard let price = underlyingPrice.value?.doubleValue,
            let rate = fx.rate(from: instrument.currency, to: base).value?.doubleValue
        else { return nil }
        var units = instrument.multiplier
        if instrument.kind.isOption {
            guard let terms = try? OptionTerms(instrument, underlying: underlying) else { return nil }
            units = terms.units
        }
        let value = (position.quantity.doubleValue * units.doubleValue * price * rate).magnitude
        return value <= ExactSum.limit ? value : nil
    }
}
