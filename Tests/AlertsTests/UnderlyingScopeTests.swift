import PortfolioModel
import Risk
import Testing

@testable import Alerts

/// A rule on one underlying of a group reads the whole group, in its own underlying's units.
struct UnderlyingScopeTests {
    private static func view(ratioState: FigureState = .confirmed) -> PortfolioView {
        let at = Timestamp(seconds: 1_800_000_000)
        func member(
            _ symbol: String, _ price: FixedDecimal, _ ratio: Double, _ state: FigureState
        ) -> GroupView.Member {
            .init(
                symbol: symbol, price: .confirmed(price, asOf: at, source: "test"),
                ratio: .known(ratio, state, asOf: at, source: "price"),
                gammaRatio: .known(ratio * ratio, state, asOf: at, source: "price"))
        }
        let group = GroupView(
            symbol: "SPY", underlyingPrice: .confirmed(600, asOf: at, source: "test"),
            members: [member("SPY", 600, 1, .confirmed), member("SPX", 6000, 10, ratioState)], delta: -150, gamma: -20,
            dayPnL: MoneyTotal(.usd), state: .confirmed, missing: [])
        let none = MoneyTotal(.usd)
        let totals = TotalsView(
            netLiquidation: none, cash: none, marketValue: none, notional: none, dayPnL: none, unrealizedPnL: none,
            realizedPnLToday: none, greeks: GreeksTotal(known: .zero, missing: [], state: .confirmed),
            counts: StateCounts(positions: 0, confirmed: 0, stale: 0, unknown: 0))
        return PortfolioView(
            sequence: 1, at: at, base: .usd, positions: [], accounts: [], groups: [group], totals: totals, brokers: [],
            rates: [], balances: [], accountsByID: [:], alarms: [])
    }

    private static func reading(_ symbol: String, _ metric: String, _ view: PortfolioView = view()) throws -> String? {
        let rule = try AlertRule(name: "r", metric: metric, scope: "underlying:\(symbol)", above: "0", below: nil)
        return rule.readings(in: view).first?.value.map { "\($0)" }
    }

    @Test func rule_readsTheGroup_inItsOwnUnits() throws {
        #expect(try Self.reading("SPY", "delta") == "-150")
        #expect(try Self.reading("SPX", "delta") == "-15")
        #expect(try Self.reading("SPX", "gamma") == "-0.2")
        #expect(try Self.reading("SPX", "underlyingPrice") == "6000")
        #expect(try Self.reading("QQQ", "delta") == nil)
    }

    @Test func rule_isHeld_whenTheRatioIsOld() throws {
        #expect(try Self.reading("SPX", "delta", Self.view(ratioState: .stale)) == nil)
        #expect(try Self.reading("SPY", "delta", Self.view(ratioState: .stale)) == "-150")
    }
}
