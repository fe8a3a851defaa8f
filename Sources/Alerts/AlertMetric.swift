/// What a rule can watch. Raw values are the words of the rule file.
package enum AlertMetric: String, Sendable, CaseIterable, Codable {
    /// Base currency for the portfolio, the account's own for an account.
    case netLiq, cash, marketValue, dayPnL, unrealizedPnL
    /// Day P&L in percent of net liquidation without it.
    case dayPnLPercent
    /// Base currency.
    case dollarDelta, dollarGamma1pct, theta, vega
    /// Units of the underlying.
    case delta, gamma
    /// The broker's own, percent.
    case marginUsedPercent
    /// In units of quoted price; implied volatility in percent.
    case mark, underlyingPrice, impliedVolatility
    /// Calendar days to expiry.
    case dte
    /// Positions whose state is stale, unknown.
    case staleCount, unknownCount
    /// Seconds since the broker took its present state, when that is not live; 0 while it is live.
    case brokerUnhealthyAge

    /// The scopes the metric has a value in.
    package var scopes: Set<AlertScope.Kind> {
        switch self {
        case .netLiq, .cash, .marketValue, .dayPnLPercent: [.portfolio, .account]
        case .dayPnL: [.portfolio, .account, .underlying, .position]
        case .unrealizedPnL: [.portfolio, .account, .position]
        case .dollarDelta, .theta, .vega: [.portfolio, .account, .underlying, .position]
        case .dollarGamma1pct: [.portfolio, .account, .position]
        case .delta, .gamma: [.underlying, .position]
        case .marginUsedPercent: [.account]
        case .mark, .impliedVolatility, .dte: [.position]
        case .underlyingPrice: [.underlying, .position]
        case .staleCount, .unknownCount: [.portfolio, .account, .underlying]
        case .brokerUnhealthyAge: [.broker]
        }
    }
}
