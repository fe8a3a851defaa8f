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
    init(
        holding: Holding, mark: Mark, prior: FixedDecimal?, tradingDay: CalendarDate, fx: FXTable, base: Currency
    ) {
        let position = holding.position
        let isFuture = holding.instrument.kind == .future
        let state = holding.account.state.combined(with: mark.value.state)

        func figure(_ compute: (FixedDecimal) throws -> FixedDecimal) -> MoneyFigure {
            let currency = holding.instrument.currency
            guard holding.account.state != .unknown else { return .unknown("account state unknown", currency) }
            guard let price = mark.value.value else { return .unknown(mark.value.reason ?? "no mark", currency) }
            do {
                let amount = try compute(price)
                return MoneyFigure(
                    .known(amount, state, asOf: mark.value.asOf, source: mark.value.source), currency)
            } catch let reason as UnknownReason {
                return .unknown(reason.text, currency)
            } catch {
                return .unknown("amount out of range", currency)
            }
        }
        func three(_ native: MoneyFigure) -> ThreeCurrencies {
            ThreeCurrencies(
                native: native, account: fx.convert(native, to: holding.account.currency),
                base: fx.convert(native, to: base))
        }

        let multiplier = holding.instrument.multiplier
        let units = Result { try position.quantity.multiplied(by: multiplier) }
        let value = figure { try units.get().multiplied(by: $0) }
        marketValue = three(isFuture ? figure { _ in .zero } : value)
        notional = isFuture ? value : nil
        unrealized = three(
            figure { price in
                if let average = position.averageOpenPrice {
                    return try units.get().multiplied(by: try price - average)
                }
                guard let basis = position.costBasis, !isFuture else { throw UnknownReason("no open price") }
                return try units.get().multiplied(by: price) - basis
            })
        day = three(
            figure {
                try Self.day(position, multiplier, price: $0, prior: prior, on: tradingDay)
            })
    }

    /// Overnight quantity x (mark - prior) x m + today's fills x (mark - price) x m + today's cash. Activity of another
    /// session is not of this day.
    private static func day(
        _ position: Position, _ multiplier: FixedDecimal, price: FixedDecimal, prior: FixedDecimal?,
        on tradingDay: CalendarDate
    ) throws -> FixedDecimal {
        let today = position.today.date == tradingDay ? position.today : DayActivity()
        let traded = try FixedDecimal.sum(today.fills.map(\.quantity))
        let overnight = try position.quantity - traded
        var total = today.cash
        if !overnight.isZero {
            guard let prior else { throw UnknownReason("no prior settlement") }
            total = try total + overnight.multiplied(by: multiplier).multiplied(by: price - prior)
        }
        for fill in today.fills {
            total = try total + fill.quantity.multiplied(by: multiplier).multiplied(by: price - fill.price)
        }
        return total
    }
}
