import PortfolioModel
import Risk

extension ViewFixture {
    static func portfolio() throws -> PortfolioView {
        let values = positions.map { ($0.instrument.symbol, $0.marketValue.base) }
        let days = positions.map { ($0.instrument.symbol, $0.dayPnL.base) }
        let opens = positions.map { ($0.instrument.symbol, $0.unrealizedPnL.base) }
        let cash = [("tastytrade-1", money("10000")), ("fidelity-1", money("2500.5", .usd, .stale))]
        let known = positions.compactMap(\.moneyGreeks.value)
        let greeks = GreeksTotal(
            known: MoneyGreeks(
                dollarDelta: known.reduce(0) { $0 + $1.dollarDelta },
                dollarGamma1pct: known.reduce(0) { $0 + $1.dollarGamma1pct }, theta: 30, vega: -100, rho: 4),
            missing: [farPut.symbol, "RELIANCE"], state: .confirmed)
        let totals = TotalsView(
            netLiquidation: try total(values + cash), cash: try total(cash), marketValue: try total(values),
            notional: try total([("/ESZ6", money("300500"))]), dayPnL: try total(days), unrealizedPnL: try total(opens),
            realizedPnLToday: try total([]), greeks: greeks, covered: 0.9,
            counts: StateCounts(positions: 5, confirmed: 3, stale: 1, unknown: 1))
        return PortfolioView(
            sequence: 42, at: now, base: .usd, positions: positions, accounts: try accounts(), groups: try groups(),
            totals: totals, brokers: brokers, rates: [], balances: balances,
            accountsByID: [tasty.id: tasty, fidelity.id: fidelity], alarms: ["tastytrade: vega is refused"])
    }

    private static func accounts() throws -> [AccountView] {
        try [tasty, fidelity].map { account in
            let own = positions.filter { $0.account.id == account.id }
            let isTasty = account.id == tasty.id
            let cash = [("cash", money(isTasty ? "10000" : "2500.5", .usd, isTasty ? .confirmed : .stale))]
            let values = own.map { ($0.instrument.symbol, $0.marketValue.account) }
            return AccountView(
                account: account, netLiquidation: try total(values + cash), cash: try total(cash),
                marketValue: try total(values),
                dayPnL: try total(own.map { ($0.instrument.symbol, $0.dayPnL.account) }),
                unrealizedPnL: try total(own.map { ($0.instrument.symbol, $0.unrealizedPnL.account) }), broker: nil,
                brokerNetLiquidation: isTasty ? money("68990") : .unknown("not stated", .usd),
                buyingPower: isTasty ? money("40000") : .unknown("not stated", .usd),
                buyingPowerUsed: isTasty ? money("12345.67") : .unknown("not stated", .usd),
                marginUsedPercent: isTasty ? known(17.8947) : .unknown("not stated"),
                moneyGreeks: GreeksTotal(known: .zero, missing: isTasty ? [] : ["RELIANCE"], state: .confirmed))
        }
    }

    private static func groups() throws -> [GroupView] {
        try ["/ES", "RELIANCE", "SPY"].map { symbol in
            let own = positions.filter { $0.group == symbol }
            let isWhole = symbol == "/ES"
            return GroupView(
                symbol: symbol, underlyingPrice: own.first?.underlyingPrice ?? .unknown("none"),
                delta: isWhole ? 50 : nil, gamma: isWhole ? 0 : nil, theta: isWhole ? 0 : nil, vega: isWhole ? 0 : nil,
                dollarDelta: isWhole ? 300_500 : nil,
                dayPnL: try total(own.map { ($0.instrument.symbol, $0.dayPnL.base) }),
                state: isWhole ? .confirmed : .unknown, missing: isWhole ? [] : ["a part"])
        }
    }

    private static let brokers = [
        BrokerStatus(
            broker: BrokerID("tastytrade"), state: .live, since: now.adding(.seconds(-600)), lastGoodAt: asOf,
            streams: [StreamStatus(name: "quotes", subscribed: 4, receiving: 4, lastEventAt: asOf)]),
        BrokerStatus(
            broker: BrokerID("fidelity"), state: .stale, since: now.adding(.seconds(-86_400)),
            message: "import a newer file"),
    ]

    private static let balances = [
        Balance(key: .init(tasty.id, .usd), cash: 10_000, asOf: asOf),
        Balance(key: .init(fidelity.id, .usd), cash: decimal("2500.5"), pendingCash: 12, asOf: asOf),
        Balance(key: .init(fidelity.id, .inr), cash: 700, asOf: asOf),
    ]

}
