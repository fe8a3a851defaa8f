package import PortfolioModel

/// What is kept of a view at a session's edge.
package struct DailySnapshots: Sendable, Equatable {
    package var positions: [DailyPositionSnapshot]
    package var accounts: [DailyAccountSnapshot]

    /// Figures that are unknown are nil in the rows, and the row's state says so.
    package init(of view: PortfolioView, on date: CalendarDate) {
        positions = view.positions.map { Self.snapshot($0, date) }
        accounts = view.accounts.map { Self.snapshot($0, date, view.at) }
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
