import PortfolioModel
import Risk

/// One metric's value for one subject at one moment; nil while it is unknown or stale, which holds a rule where it is.
struct MetricReading: Sendable, Equatable {
    /// Tells the subjects of one scope apart: an account and symbol for a position, else empty.
    var subject: String
    var value: FixedDecimal?
}

extension AlertRule {
    /// What the rule's metric reads in a view: one reading a position, one otherwise; none when the scope is not in the
    /// book.
    func readings(in view: PortfolioView) -> [MetricReading] {
        switch scope {
        case .portfolio: [MetricReading(subject: "", value: portfolio(view))]
        case .account(let name):
            accounts(called: name, in: view).map { MetricReading(subject: "", value: account($0, view)) }
        case .underlying(let symbol):
            GroupUnits.of(symbol, in: view.groups).map {
                [MetricReading(subject: "", value: underlying($0, view))]
            } ?? []
        case .position(let symbol):
            view.positions.filter { $0.instrument.symbol == symbol }.map {
                MetricReading(subject: $0.account.id.text, value: position($0))
            }
        case .broker(let id):
            view.brokers.filter { $0.broker.name == id }.map { MetricReading(subject: "", value: broker($0, view)) }
        }
    }

    /// By its id, else the only one of that name.
    private func accounts(called name: String, in view: PortfolioView) -> [AccountView] {
        if let row = view.accounts.first(where: { $0.account.id.text == name }) { return [row] }
        let named = view.accounts.filter { $0.account.name == name }
        return named.count == 1 ? named : []
    }

    private func portfolio(_ view: PortfolioView) -> FixedDecimal? {
        let totals = view.totals
        switch metric {
        case .netLiq: return totals.netLiquidation.reading
        case .cash: return totals.cash.reading
        case .marketValue: return totals.marketValue.reading
        case .dayPnL: return totals.dayPnL.reading
        case .unrealizedPnL: return totals.unrealizedPnL.reading
        case .dayPnLPercent: return percent(totals.dayPnL, of: totals.netLiquidation)
        case .staleCount: return FixedDecimal(totals.counts.stale)
        case .unknownCount: return FixedDecimal(totals.counts.unknown)
        default: return totals.greeks.confirmed.flatMap(greek)
        }
    }

    private func account(_ row: AccountView, _ view: PortfolioView) -> FixedDecimal? {
        let positions = view.positions.filter { $0.account.id == row.account.id }
        switch metric {
        case .netLiq: return row.netLiquidation.reading
        case .cash: return row.cash.reading
        case .marketValue: return row.marketValue.reading
        case .dayPnL: return row.dayPnL.reading
        case .unrealizedPnL: return row.unrealizedPnL.reading
        case .dayPnLPercent: return percent(row.dayPnL, of: row.netLiquidation)
        case .marginUsedPercent: return row.marginUsedPercent.confirmed.flatMap(FixedDecimal.init(approximating:))
        case .staleCount: return FixedDecimal(positions.count { $0.state == .stale })
        case .unknownCount: return FixedDecimal(positions.count { $0.state == .unknown })
        default: return row.moneyGreeks.confirmed.flatMap(greek)
        }
    }

    private func underlying(_ units: GroupUnits, _ view: PortfolioView) -> FixedDecimal? {
        let group = units.group
        let positions = view.positions.filter { view.grouping[$0].label == group.symbol }
        switch metric {
        case .dayPnL: return group.dayPnL.reading
        case .underlyingPrice: return units.price.confirmed
        case .staleCount: return FixedDecimal(positions.count { $0.state == .stale })
        case .unknownCount: return FixedDecimal(positions.count { $0.state == .unknown })
        default: break
        }
        guard group.state == .confirmed else { return nil }
        let value: Double? =
            switch metric {
            case .delta: units.delta
            case .gamma: units.gamma
            case .theta: group.theta
            case .vega: group.vega
            case .dollarDelta: group.dollarDelta
            default: nil
            }
        return value.flatMap(FixedDecimal.init(approximating:))
    }

    private func position(_ row: PositionView) -> FixedDecimal? {
        switch metric {
        case .dayPnL: return row.dayPnL.base.amount.confirmed
        case .unrealizedPnL: return row.unrealizedPnL.base.amount.confirmed
        case .mark: return row.mark.value.confirmed
        case .underlyingPrice: return row.underlyingPrice.confirmed
        case .dte: return row.daysToExpiry.map { FixedDecimal($0) }
        case .impliedVolatility:
            return row.impliedVolatility.confirmed.flatMap { FixedDecimal(approximating: $0 * 100) }
        case .delta: return row.positionGreeks.confirmed.flatMap { FixedDecimal(approximating: $0.delta) }
        case .gamma: return row.positionGreeks.confirmed.flatMap { FixedDecimal(approximating: $0.gamma) }
        default: return row.moneyGreeks.confirmed.flatMap(greek)
        }
    }

    private func broker(_ status: BrokerStatus, _ view: PortfolioView) -> FixedDecimal? {
        if status.state.isHealthy { return .zero }
        return FixedDecimal(approximating: max(0, view.at.seconds(since: status.since)))
    }

    private func greek(_ greeks: MoneyGreeks) -> FixedDecimal? {
        let value: Double? =
            switch metric {
            case .dollarDelta: greeks.dollarDelta
            case .dollarGamma1pct: greeks.dollarGamma1pct
            case .theta: greeks.theta
            case .vega: greeks.vega
            default: nil
            }
        return value.flatMap(FixedDecimal.init(approximating:))
    }

    /// Against what the part was worth before the day: nil when that is not positive.
    private func percent(_ part: MoneyTotal, of whole: MoneyTotal) -> FixedDecimal? {
        guard let part = part.reading, let whole = whole.reading, let before = try? whole - part, before > .zero else {
            return nil
        }
        return try? part.multiplied(by: 100).divided(by: before)
    }
}

extension Figure {
    /// The value when it is confirmed: a rule never fires on what is merely remembered.
    var confirmed: Value? { state == .confirmed ? value : nil }
}

extension MoneyTotal {
    fileprivate var reading: FixedDecimal? { figure.amount.confirmed }
}

extension GreeksTotal {
    fileprivate var confirmed: MoneyGreeks? { state == .confirmed ? value : nil }
}
