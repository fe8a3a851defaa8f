package import PortfolioModel

extension RiskEngine {
    /// Everything at an instant. When the engine stands at another one, a copy is advanced; the engine stays where it
    /// is.
    package func view(at instant: Timestamp) -> PortfolioView {
        guard instant == now else {
            var copy = self
            copy.advance(to: instant)
            return copy.view(at: instant)
        }
        let accounts = book.sortedAccounts
        return PortfolioView(
            sequence: book.sequence, at: now, base: book.base, positions: order.compactMap { rows[$0] },
            accounts: accounts.map(accountView), groups: groupTotals.keys.sorted().compactMap(groupView),
            totals: totalsView(accounts), brokers: book.brokers.values.sorted { $0.broker < $1.broker },
            rates: book.rates.all, balances: book.balances.values.sorted { $0.key < $1.key },
            accountsByID: book.accounts, alarms: alarms)
    }

    private var alarms: [String] {
        memory.monitor.refusals.sorted { $0.key < $1.key }.map { "Greeks refused: \($0.value)" }
    }

    private func accountView(_ account: Account) -> AccountView {
        let totals = accountTotals[account.id] ?? AccountTotals()
        var cash = MoneySum()
        var net = totals.marketValue
        for part in cashParts(account) {
            let figure = book.rates.convert(part.figure, to: account.currency)
            cash.change(figure, named: part.name, by: 1)
            net.change(figure, named: part.name, by: 1)
        }
        let broker = book.figures[account.id]
        return AccountView(
            account: account, netLiquidation: net.total(account.currency), cash: cash.total(account.currency),
            marketValue: totals.marketValue.total(account.currency), dayPnL: totals.dayPnL.total(account.currency),
            unrealizedPnL: totals.unrealized.total(account.currency), broker: broker,
            brokerNetLiquidation: brokerFigure(account, broker, broker?.netLiquidation),
            buyingPower: brokerFigure(account, broker, broker?.derivativeBuyingPower),
            buyingPowerUsed: brokerFigure(account, broker, broker?.usedDerivativeBuyingPower),
            marginUsedPercent: marginUsed(account, broker), moneyGreeks: totals.greeks.total)
    }

    /// The account's cash by currency. An account whose holdings nobody ever stated has a part that is missing, not
    /// zero.
    private func cashParts(_ account: Account) -> [(name: String, figure: MoneyFigure)] {
        let balances = book.balances.values.filter { $0.key.account == account.id }.sorted { $0.key < $1.key }
        if balances.isEmpty {
            guard account.asOf == nil else { return [] }
            return [("\(account.id) cash", .unknown("not reported yet", account.currency))]
        }
        return balances.map { balance in
            let figure = Figure.known(
                balance.cash, account.state, asOf: balance.asOf, source: account.key.broker.name)
            return ("\(account.id) cash \(balance.key.currency)", MoneyFigure(figure, balance.key.currency))
        }
    }

    private func brokerFigure(_ account: Account, _ figures: AccountFigures?, _ amount: FixedDecimal?) -> MoneyFigure {
        guard let figures, let amount else { return .unknown("not reported", account.currency) }
        return MoneyFigure(
            .known(amount, account.state, asOf: figures.asOf, source: account.key.broker.name), account.currency)
    }

    private func marginUsed(_ account: Account, _ figures: AccountFigures?) -> Figure<Double> {
        guard let figures, let margin = figures.maintenanceMargin, let net = figures.netLiquidation else {
            return .unknown("not reported")
        }
        guard net > .zero else { return .unknown("net liquidation is not positive") }
        return .known(
            margin.doubleValue / net.doubleValue * 100, account.state, asOf: figures.asOf,
            source: account.key.broker.name)
    }

    private func groupView(_ key: GroupKey) -> GroupView? {
        guard let totals = groupTotals[key] else { return nil }
        let greeks = totals.greeks.total
        return GroupView(
            symbol: key.symbol, underlyingPrice: underlyingPrice(key),
            delta: totals.hasDelta ? totals.delta.value : nil, gamma: totals.hasDelta ? totals.gamma.value : nil,
            theta: greeks.value?.theta, vega: greeks.value?.vega, dollarDelta: greeks.value?.dollarDelta,
            dayPnL: totals.dayPnL.total(book.base), state: greeks.state, missing: greeks.missing)
    }

    /// The feed's price of the group's instrument; without one, the mark of the first position in it.
    private func underlyingPrice(_ key: GroupKey) -> Figure<FixedDecimal> {
        guard let id = key.instrument else { return .unknown("underlying not known") }
        let held = order.first { $0.instrument == id }.flatMap { rows[$0]?.mark.value }
        let price = PositionValuer(book, settings, SessionMoment(now, settings.session)).price(of: id)
        return price.value == nil ? held ?? price : price
    }

    private func totalsView(_ accounts: [Account]) -> TotalsView {
        var cash = MoneySum()
        var net = bookTotals.marketValue
        for account in accounts {
            for part in cashParts(account) {
                let figure = book.rates.convert(part.figure, to: book.base)
                cash.change(figure, named: part.name, by: 1)
                net.change(figure, named: part.name, by: 1)
            }
        }
        return bookTotals.view(
            book.base, cash: cash.total(book.base), netLiquidation: net.total(book.base))
    }
}
