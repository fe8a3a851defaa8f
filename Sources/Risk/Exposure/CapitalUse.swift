package import PortfolioModel

/// How far an account's capital is used, by its broker's figures, in the account's currency.
package struct CapitalUse: Sendable {
    package var account: Account
    package var netLiquidation: MoneyTotal
    package var initialMargin: MoneyFigure
    package var maintenanceMargin: MoneyFigure
    /// Maintenance requirement / net liquidation x 100.
    package var marginUsedPercent: Figure<Double>
    /// Buying power used / (used + left) x 100.
    package var utilisationPercent: Figure<Double>

    init(_ view: AccountView) {
        account = view.account
        netLiquidation = view.netLiquidation
        let (state, source) = (view.account.state, view.account.key.broker.name)
        func figure(_ amount: FixedDecimal?) -> MoneyFigure {
            guard let amount, let figures = view.broker else { return .unknown("not reported", view.account.currency) }
            return MoneyFigure(.known(amount, state, asOf: figures.asOf, source: source), view.account.currency)
        }
        initialMargin = figure(view.broker?.initialMargin)
        maintenanceMargin = figure(view.broker?.maintenanceMargin)
        marginUsedPercent = view.marginUsedPercent
        utilisationPercent = Self.utilisation(view)
    }

    private static func utilisation(_ view: AccountView) -> Figure<Double> {
        let (used, left) = (view.buyingPowerUsed.amount, view.buyingPower.amount)
        guard let used = used.value?.doubleValue, let rest = left.value?.doubleValue else {
            return .unknown("not reported")
        }
        guard used + rest > 0 else { return .unknown("no buying power") }
        return .known(used / (used + rest) * 100, left.state, asOf: left.asOf, source: left.source)
    }
}
