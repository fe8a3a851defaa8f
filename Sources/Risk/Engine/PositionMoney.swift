import PortfolioModel

/// Exact money figures of one position in three currencies (domain.md, Prices and P&L).
///
/// The base-currency day P&L has no FX part: the book holds no prior rates.
struct PositionMoney: Sendable {
    let marketValue: ThreeCurrencies
    /// Futures only, native.
    let notional: MoneyFigure?
    let unrealized: ThreeCurrencies
    let day: ThreeCurrencies

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
        day = three(amounts.day)
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
