package import PortfolioModel

/// What is kept of a view at a session's edge.
package struct DailySnapshots: Sendable, Equatable {
    package var positions: [DailyPositionSnapshot]
    package var accounts: [DailyAccountSnapshot]
    /// Of accounts whose holdings were stated.
    package var balances: [DailyBalance]
    /// Confirmed marks of what is held without an expiry or as a future, and prices of underlyings, each once; empty on
    /// a day without a session.
    package var closes: [DailyPrice]

    /// Figures that are unknown are nil in the rows, and the row's state says so.
    package init(of view: PortfolioView, on date: CalendarDate, calendar: ExchangeCalendar = .newYork) {
        positions = view.positions.map { Self.snapshot($0, date) }
        accounts = view.accounts.map { Self.snapshot($0, date, view.at) }
        balances = view.balances.compactMap { Self.snapshot($0, date, view) }
        closes = calendar.isSession(date) ? Self.closes(view, date) : []
    }

    private static func closes(_ view: PortfolioView, _ date: CalendarDate) -> [DailyPrice] {
        var prices: [InstrumentID: DailyPrice] = [:]
        for row in view.positions {
            let isOption = row.instrument.kind.isOption
            guard let id = isOption ? row.underlying?.id : row.instrument.id else { continue }
            let figure = isOption ? row.underlyingPrice : row.mark.value
            guard figure.state == .confirmed, let close = figure.value, close.signum > 0 else { continue }
            prices[id] = DailyPrice(
                instrument: id, date: date, close: close, source: DailyPrice.snapshotSource,
                asOf: figure.asOf ?? view.at)
        }
        return prices.values.sorted { $0.instrument < $1.instrument }
    }

    private static func snapshot(_ row: PositionView, _ date: CalendarDate) -> DailyPositionSnapshot {
        var result = DailyPositionSnapshot(
            date: date, position: row.position.key, quantity: row.position.quantity, state: row.state, asOf: row.asOf)
        result.mark = row.mark.value.value
        result.marketValue = row.marketValue.native.amount.value
        result.underlyingPrice = row.underlyingPrice.value
        result.volatility = row.impliedVolatility.value
        if let greeks = row.unitGreeks.value {
            (result.delta, result.gamma, result.theta) = (greeks.delta, greeks.gamma, greeks.theta)
            (result.vega, result.rho) = (greeks.vega, greeks.rho)
        }
        return result
    }

    private static func snapshot(_ balance: Balance, _ date: CalendarDate, _ view: PortfolioView) -> DailyBalance? {
        guard let account = view.accountsByID[balance.key.account], account.state != .unknown else { return nil }
        return DailyBalance(
            date: date, key: balance.key, cash: balance.cash,
            fx: view.fx.rate(from: balance.key.currency, to: view.base).value, state: account.state, at: view.at)
    }

    private static func snapshot(_ row: AccountView, _ date: CalendarDate, _ now: Timestamp) -> DailyAccountSnapshot {
        let net = row.netLiquidation.figure.amount
        var result = DailyAccountSnapshot(
            date: date, account: row.account.id, currency: row.account.currency, state: net.state,
            asOf: net.asOf ?? row.account.asOf ?? now)
        result.netLiquidation = net.value
        result.brokerNetLiquidation = row.brokerNetLiquidation.amount.value
        result.cash = row.cash.figure.amount.value
        result.dayPnL = row.dayPnL.figure.amount.value
        return result
    }
}
