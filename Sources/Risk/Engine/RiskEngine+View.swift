package import PortfolioModel
import Pricing

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
        let rows = rows()
        let prices = underlyingPrices(rows.map(\.view))
        let grouping = UnderlyingGrouping(prices, settings.groups, book.rates)
        var sums = ViewSums()
        for row in rows { sums.add(row.view, row.line, grouping, in: book) }
        return PortfolioView(
            sequence: book.sequence, at: now, base: book.base, positions: rows.map(\.view),
            accounts: accounts.map { accountView($0, sums.accounts[$0.id] ?? AccountTotals()) },
            groups: sums.groups.sorted { $0.key < $1.key }.map { GroupView($0, $1, prices, grouping, book.base) },
            totals: totalsView(accounts, sums.book), brokers: book.brokers.values.sorted { $0.broker < $1.broker },
            rates: book.rates.all, balances: book.balances.values.sorted { $0.key < $1.key },
            accountsByID: book.accounts, alarms: alarms, fx: book.rates, grouping: grouping)
    }

    private func rows() -> [(view: PositionView, line: PositionLine)] {
        let valuer = PositionValuer(book, settings, moment)
        // Everything was observed when it was applied; looking changes nothing.
        var memory = memory
        return slots.lines.compactMap { line in line.map { (valuer.view(of: $0, memory: &memory), $0) } }
            .sorted { PositionView.precedes($0.view, $1.view) }
    }

    private var alarms: [String] {
        memory.monitor.refusals.sorted { $0.key < $1.key }.map { "Greeks refused: \($0.value)" } + rateAlarms
            + calendarAlarms
    }

    /// One for each currency that something is held in and that no rate leads from.
    private var rateAlarms: [String] {
        let held = Set(
            book.positions.keys.map { book.master[$0.instrument].currency } + book.balances.keys.map(\.currency))
        return held.filter { book.rates.rate(from: $0, to: book.base).value == nil }.sorted().map {
            "No \($0)/\(book.base) rate: what is held in \($0) is unknown in \(book.base). Import rates (tributary fx "
                + "import) or state one in the configuration."
        }
    }

    /// One for each market in which options end on dates that its calendar does not cover.
    private var calendarAlarms: [String] {
        var last: [MarketCutoffs.Market: (date: CalendarDate, warning: CalendarWarning)] = [:]
        for line in slots.lines {
            guard let line, case .success(let terms)? = line.terms else { continue }
            let market = MarketCutoffs.market(terms.kind, terms.currency)
            if let known = last[market], known.date >= terms.expiry { continue }
            let calendar = settings.model.cutoffs.cutoff(market).calendar
            if let warning = calendar.warning(for: terms.expiry) { last[market] = (terms.expiry, warning) }
        }
        return last.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            "Options of \($0.key.rawValue): \($0.value.warning)"
        }
    }

    private func accountView(_ account: Account, _ totals: AccountTotals) -> AccountView {
        var cash = MoneySum()
        var net = totals.marketValue
        for part in cashParts(account) {
            let figure = book.rates.convert(part.figure, to: account.currency)
            cash.add(figure, named: part.name)
            net.add(figure, named: part.name)
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

    private func totalsView(_ accounts: [Account], _ totals: BookTotals) -> TotalsView {
        var cash = MoneySum()
        var net = totals.marketValue
        for account in accounts {
            for part in cashParts(account) {
                let figure = book.rates.convert(part.figure, to: book.base)
                cash.add(figure, named: part.name)
                net.add(figure, named: part.name)
            }
        }
        return totals.view(
            book.base, cash: cash.total(book.base), netLiquidation: net.total(book.base))
    }
}

/// The sums of a view, by account, by underlying group and of the book.
private struct ViewSums {
    var accounts: [AccountID: AccountTotals] = [:]
    /// By the label of the group.
    var groups: [String: GroupTotals] = [:]
    var book = BookTotals()

    mutating func add(_ row: PositionView, _ line: PositionLine, _ grouping: UnderlyingGrouping, in book: Book) {
        accounts[row.account.id, default: AccountTotals()].add(row)
        let place = grouping[row]
        groups[place.label, default: GroupTotals()].add(row, place)
        self.book.add(row, exposure: line.exposure(at: row.underlyingPrice), in: book.rates, base: book.base)
    }
}

extension PositionView {
    /// Underlying group, then shares and futures before options, expiry, strike, calls before puts, account.
    fileprivate static func precedes(_ left: PositionView, _ right: PositionView) -> Bool {
        if left.group != right.group { return left.group < right.group }
        if left.instrument.kind.isOption != right.instrument.kind.isOption { return right.instrument.kind.isOption }
        let (ours, theirs) = (left.instrument.contract, right.instrument.contract)
        if ours?.expiry != theirs?.expiry {
            return (ours?.expiry.dayNumber ?? .min) < (theirs?.expiry.dayNumber ?? .min)
        }
        let (low, high) = (ours?.strike ?? .zero, theirs?.strike ?? .zero)
        if low != high { return low < high }
        if ours?.right != theirs?.right { return ours?.right == .call }
        if left.account.id != right.account.id { return left.account.id < right.account.id }
        return left.instrument.id < right.instrument.id
    }
}
