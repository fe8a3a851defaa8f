import PortfolioModel

/// What one position adds to the totals, in base currency: numbers and states only, nothing to retain, so that it
/// leaves them again exactly as it came.
struct Contribution: Sendable, Equatable {
    /// An exact amount in units of 1e-8; nothing where there is none.
    struct Amount: Sendable, Equatable {
        var raw: Int128 = 0
        var state = FigureState.unknown
    }

    var marketValue = Amount()
    /// Of futures; of anything else it adds nothing.
    var notional: Amount?
    var day = Amount()
    var unrealized = Amount()
    var realized = Amount()
    var greeks = GreeksParts()
    /// Absolute q d S; nil when price, deliverable or rate is not known.
    var exposure: Int128?
    /// The row's state.
    var state = FigureState.unknown

    /// Everything confirmed and nothing in it yet.
    static let confirmed: Contribution = {
        var part = Contribution()
        part.marketValue.state = .confirmed
        part.day.state = .confirmed
        part.unrealized.state = .confirmed
        part.state = .confirmed
        return part
    }()

    private init() {}

    init(_ line: PositionLine, _ sight: Sight, _ market: InstrumentMarket, tradingDay: CalendarDate) {
        let position = line.holding.position
        let account = line.holding.account
        state = account.state.combined(with: sight.mark.value.state)
        let amounts = PositionAmounts(
            line, price: line.price(sight.mark), prior: market.previousClose ?? position.priorSettlement,
            tradingDay: tradingDay)
        let value = amount(amounts.value, line)
        marketValue = line.isFuture ? Amount(raw: 0, state: value.state) : value
        notional = line.isFuture ? value : nil
        day = amount(amounts.day, line)
        unrealized = amount(amounts.unrealized, line)
        if let realized = position.realizedToday.flatMap({ line.toBase.apply($0) }), account.state != .unknown {
            self.realized = Amount(raw: realized.raw, state: account.state.combined(with: line.toBase.rate.state))
        }
        greeks = GreeksParts(PositionRisk(line: line, sight: sight))
        exposure = line.exposure(at: sight.price).map { ExactSum.parts($0) }
    }

    private func amount(_ native: PositionAmounts.Amount, _ line: PositionLine) -> Amount {
        guard case .success(let value) = native, let converted = line.toBase.apply(value) else { return Amount() }
        return Amount(raw: converted.raw, state: state.combined(with: line.toBase.rate.state))
    }
}

/// A position's Greeks as the integers that `ExactSum` adds.
struct GreeksParts: Sendable, Equatable {
    var state = FigureState.unknown
    var dollarDelta: Int128 = 0
    var dollarGamma: Int128 = 0
    var theta: Int128 = 0
    var vega: Int128 = 0
    var rho: Int128 = 0
    /// Position delta and gamma, in units of the underlying; nil when not known.
    var units: Units?

    struct Units: Sendable, Equatable {
        var delta: Int128
        var gamma: Int128
    }

    init() {}

    /// Of confirmed Greeks.
    init(_ position: PositionGreeks, _ money: MoneyGreeks) {
        units = Units(delta: ExactSum.parts(position.delta), gamma: ExactSum.parts(position.gamma))
        state = .confirmed
        dollarDelta = ExactSum.parts(money.dollarDelta)
        dollarGamma = ExactSum.parts(money.dollarGamma1pct)
        theta = ExactSum.parts(money.theta)
        vega = ExactSum.parts(money.vega)
        rho = ExactSum.parts(money.rho)
    }

    init(_ risk: PositionRisk) {
        if let greeks = risk.position.value {
            units = Units(delta: ExactSum.parts(greeks.delta), gamma: ExactSum.parts(greeks.gamma))
        }
        guard let money = risk.money.value else { return }
        state = risk.money.state
        dollarDelta = ExactSum.parts(money.dollarDelta)
        dollarGamma = ExactSum.parts(money.dollarGamma1pct)
        theta = ExactSum.parts(money.theta)
        vega = ExactSum.parts(money.vega)
        rho = ExactSum.parts(money.rho)
    }
}

extension PositionLine {
    /// Absolute q d S in base currency; nil when price, deliverable or rate is not known.
    func exposure(at price: Figure<FixedDecimal>) -> Double? {
        guard let price = price.value?.doubleValue, let rate = toBase.rate.value?.doubleValue else { return nil }
        var units = multiplier
        if let terms {
            guard case .success(let terms) = terms else { return nil }
            units = terms.units.doubleValue
        }
        let value = (quantity * units * price * rate).magnitude
        return value <= ExactSum.limit ? value : nil
    }
}
