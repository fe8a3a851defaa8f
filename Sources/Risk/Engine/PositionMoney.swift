import PortfolioModel

/// Exact money figures of one position in three currencies (domain.md, Prices and P&L).
struct PositionMoney: Sendable {
    let marketValue: ThreeCurrencies
    /// Futures only, native.
    let notional: MoneyFigure?
    let unrealized: ThreeCurrencies
    /// In account and base currency with the FX move on the overnight value.
    let day: ThreeCurrencies
    /// That move alone, base currency.
    let dayFX: MoneyFigure

    /// - Parameter prior: previous settlement per unit of quoted price, nil when nobody said.
    init(line: PositionLine, mark: Mark, prior: FixedDecimal?, tradingDay: CalendarDate, fx: FXTable, base: Currency) {
        let holding = line.holding
        let currency = holding.instrument.currency
        let state = holding.account.state.combined(with: mark.value.state)
        let amounts = PositionAmounts(line, price: line.price(mark), prior: prior, tradingDay: tradingDay)

        func three(_ amount: PositionAmounts.Amount) -> ThreeCurrencies {
            let native: MoneyFigure
            switch amount {
            case .failure(let reason): native = .unknown(reason.text, currency)
            case .success(let value):
                native = MoneyFigure(
                    .known(value, state, asOf: mark.value.asOf, source: mark.value.source), currency)
            }
            return ThreeCurrencies(
                native: native, account: fx.convert(native, to: holding.account.currency),
                base: fx.convert(native, to: base))
        }

        marketValue = three(line.isFuture ? amounts.value.map { _ in .zero } : amounts.value)
        notional = line.isFuture ? three(amounts.value).native : nil
        unrealized = three(amounts.unrealized)
        let own = holding.account.currency
        let move = amounts.fxMove(from: line.settledToBase, to: line.toBase)
        let ownMove = amounts.fxMove(
            from: line.settled.conversion(from: currency, to: own), to: fx.conversion(from: currency, to: own))
        var day = three(amounts.day)
        day.account = day.account.adding(ownMove)
        day.base = day.base.adding(move)
        self.day = day
        dayFX = MoneyFigure(move.degraded(to: state), base)
    }
}

extension PositionLine {
    /// The price that the position's amounts are computed at, or why there are none.
    func price(_ mark: Mark) -> PositionAmounts.Amount {
        guard holding.account.state != .unknown else { return .failure(UnknownReason("account state unknown")) }
        guard let price = mark.value.value else { return .failure(UnknownReason(mark.value.reason ?? "no mark")) }
        return .success(price)
    }
}
