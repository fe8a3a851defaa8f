import PortfolioModel

/// What one position adds to the totals, in base currency: numbers and states only, nothing to retain, so that it
/// leaves them again exactly as it came. Amounts count 1e-8 and are 0 where there is none; Greeks and exposure are the
/// integers that `ExactSum` adds.
struct Contribution: Sendable, Equatable {
    /// A figure's state. Of this module, so that comparing two is no call: a dozen are compared a quote.
    enum State: Sendable {
        case confirmed, stale, unknown

        init(_ state: FigureState) {
            switch state {
            case .confirmed: self = .confirmed
            case .stale: self = .stale
            case .unknown: self = .unknown
            }
        }
    }

    /// Whether each figure is good; `.unknown` marks one that is missing.
    struct States: Sendable, Equatable {
        var marketValue = State.confirmed
        var notional = State.confirmed
        var day = State.confirmed
        var unrealized = State.confirmed
        var realized = State.confirmed
        var greeks = State.confirmed
    }

    var marketValue: Int128 = 0
    /// Of futures; of anything else it adds nothing.
    var notional: Int128 = 0
    var day: Int128 = 0
    var unrealized: Int128 = 0
    var realized: Int128 = 0
    var dollarDelta: Int128 = 0
    var dollarGamma: Int128 = 0
    var theta: Int128 = 0
    var vega: Int128 = 0
    var rho: Int128 = 0
    /// Absolute q d S, where price, deliverable and rate are known.
    var exposure: Int128 = 0
    var isExposed = false
    /// False for an empty place, which adds nothing.
    var isPosition = false
    var states = States()

    /// What an empty place adds. Made anew each time: a constant would be guarded and copied.
    static var nothing: Contribution { Contribution() }

    private init() {}

    /// Makes an empty place a position's, everything confirmed and nothing in it yet.
    @inline(__always)
    mutating func begin(realized: Int64, _ state: State) {
        isPosition = true
        self.realized = Int128(realized)
        states.realized = state
    }

    init(_ line: PositionLine, _ sight: Sight, _ market: InstrumentMarket, tradingDay: CalendarDate) {
        let position = line.holding.position
        let account = line.holding.account
        let state = account.state.combined(with: sight.mark.value.state)
        let amounts = PositionAmounts(
            line, price: line.price(sight.mark), prior: market.previousClose ?? line.priorSettlement,
            tradingDay: tradingDay)
        func amount(_ native: PositionAmounts.Amount) -> Amount {
            guard case .success(let value) = native, let converted = line.toBase.apply(value) else { return Amount() }
            return Amount(raw: converted.raw, state: State(state.combined(with: line.toBase.rate.state)))
        }
        isPosition = true
        let value = amount(amounts.value)
        if line.isFuture {
            states.marketValue = value.state
            (notional, states.notional) = (value.raw, value.state)
        } else {
            (marketValue, states.marketValue) = (value.raw, value.state)
        }
        let move = amounts.fxMove(from: line.settledToBase, to: line.toBase)
        let (day, unrealized) = (amount(amounts.day).adding(move), amount(amounts.unrealized))
        (self.day, states.day) = (day.raw, day.state)
        (self.unrealized, states.unrealized) = (unrealized.raw, unrealized.state)
        states.realized = .unknown
        if let realized = position.realizedToday.flatMap({ line.toBase.apply($0) }), account.state != .unknown {
            self.realized = realized.raw
            states.realized = State(account.state.combined(with: line.toBase.rate.state))
        }
        let risk = PositionRisk(line: line, sight: sight)
        states.greeks = risk.money.value == nil ? .unknown : State(risk.money.state)
        if let money = risk.money.value { set(money) }
        if let exposure = line.exposure(at: sight.price) {
            (self.exposure, isExposed) = (ExactSum.parts(exposure), true)
        }
    }

    @inline(__always)
    mutating func set(_ money: MoneyGreeks) {
        dollarDelta = ExactSum.parts(money.dollarDelta)
        dollarGamma = ExactSum.parts(money.dollarGamma1pct)
        theta = ExactSum.parts(money.theta)
        vega = ExactSum.parts(money.vega)
        rho = ExactSum.parts(money.rho)
    }

    /// An exact amount in units of 1e-8; nothing where there is none.
    struct Amount: Sendable, Equatable {
        var raw: Int128 = 0
        var state = State.unknown

        /// Nothing when one of the two is nothing, or the sum leaves the range.
        fileprivate func adding(_ part: Figure<FixedDecimal>) -> Amount {
            guard state != .unknown, let value = part.value, let own = try? FixedDecimal(raw: raw),
                let sum = try? own + value
            else { return Amount() }
            return Amount(raw: sum.raw, state: state == .confirmed ? State(part.state) : state)
        }
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
