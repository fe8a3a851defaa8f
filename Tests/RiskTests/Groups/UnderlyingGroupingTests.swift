import PortfolioModel
import Risk
import Testing

/// Deltas of different underlyings that are one: an index, its tenth and its fund, an ADR and its share.
struct UnderlyingGroupingTests {
    private static let other = AccountID("fidelity-1")

    private static func index(_ symbol: String, in maker: inout BookMaker, at price: String) {
        maker.trade(maker.share(symbol, kind: .index), price)
    }

    private static func call(_ root: String, on underlying: String, _ strike: String, in maker: inout BookMaker)
        -> InstrumentID
    {
        maker.option(root, on: underlying, strike, .call, kind: .indexOption)
    }

    private static func near(_ left: Double?, _ right: Double) -> Bool {
        left.map { abs($0 - right) <= 1e-9 * max(1, abs(right)) } == true
    }

    /// 100 SPY at one broker, -1 SPX call at another: SPX 6020, SPY 600, so that an SPX is 10.0333 SPY.
    private static func book() -> BookMaker {
        var maker = BookMaker()
        maker.add(
            Account(id: other, key: AccountKey(BrokerID("fidelity"), "X1"), state: .confirmed, asOf: maker.now))
        let spy = maker.share("SPY", kind: .etf)
        maker.trade(spy, "600")
        maker.hold(spy, "100", in: other)
        index("SPX", in: &maker, at: "6020")
        let call = call("SPXW", on: "SPX", "6100", in: &maker)
        maker.hold(call, "-1")
        maker.quote(call, "39.00", "40.00")
        maker.greeks(call, 0.25, 0.002, -1.5, 4)
        return maker
    }

    @Test func sharesAndCallsOfTheIndex_net_byThePriceRatio() throws {
        let view = Self.book().view()
        let group = try #require(view.groups.first)
        #expect(view.groups.map(\.symbol) == ["SPY"])
        let ratio = 6020.0 / 600
        #expect(Self.near(group.delta, 100 - 25 * ratio))
        #expect(Self.near(group.gamma, -0.2 * ratio * ratio))
        #expect(group.members.map(\.symbol) == ["SPY", "SPX"])
        let member = try #require(group.members.last)
        #expect(Self.near(member.ratio.value, ratio) && member.ratio.source == "price" && member.ratio.asOf != nil)
        // Restating changes no money: 100 x 600 - 25 x 6020.
        #expect(Self.near(group.dollarDelta, 60_000 - 150_500))
        #expect(Self.near(group.dollarDelta, (group.delta ?? 0) * 600))
        let dollarGamma = try #require(view.totals.greeks.value).dollarGamma1pct
        #expect(Self.near(dollarGamma, (group.gamma ?? 0) * 600 * 600 / 100))
    }

    @Test func breakdown_hasOneRow_withTheSameDelta() throws {
        let view = Self.book().view()
        let rows = Breakdown(
            view.positions, by: .underlying, base: .usd, labels: BreakdownLabels(grouping: view.grouping),
            weighting: BetaWeighting(index: "SPY", price: .unknown("none"))
        ).rows
        #expect(rows.map(\.label) == ["SPY+SPX"] && rows.map(\.positions) == [2])
        #expect(rows.first?.delta == view.groups.first?.delta && rows.first?.gamma == view.groups.first?.gamma)
    }

    @Test func group_isStatedInTheFirstMemberHeld_byContractWherePossible() throws {
        var maker = BookMaker()
        Self.index("SPX", in: &maker, at: "6020")
        Self.index("XSP", in: &maker, at: "601.90")
        for (root, quantity) in [("SPX", "1"), ("XSP", "-3")] {
            let call = Self.call(root, on: root, root == "SPX" ? "6000" : "600", in: &maker)
            maker.hold(call, quantity)
            maker.quote(call, "10.00", "10.20")
            maker.greeks(call, 0.5, 0.01, -1, 1)
        }
        let group = try #require(maker.view().groups.first)
        #expect(group.symbol == "SPX")
        // A tenth by contract, not 601.90 / 6020: gamma by its square.
        #expect(Self.near(group.delta, 50 - 150 * 0.1) && Self.near(group.gamma, 1 - 3 * 0.01))
        #expect(group.members.last?.ratio.source == "contract")
    }

    @Test func merelyCorrelatedNames_areNeverOneGroup() {
        var maker = Self.book()
        let qqq = maker.share("QQQ", kind: .etf)
        maker.trade(qqq, "500")
        maker.hold(qqq, "10")
        #expect(maker.view().groups.map(\.symbol) == ["QQQ", "SPY"])
    }

    @Test func delta_isUnknown_whenTheHeadHasNoPrice() throws {
        var maker = BookMaker()
        let spy = maker.share("SPY", kind: .etf)
        maker.hold(spy, "100")
        Self.index("SPX", in: &maker, at: "6020")
        let call = Self.call("SPX", on: "SPX", "6100", in: &maker)
        maker.hold(call, "-1")
        maker.quote(call, "39.00", "40.00")
        maker.greeks(call, 0.25, 0.002, -1.5, 4)
        let group = try #require(maker.view().groups.first)
        #expect(group.delta == nil && group.dollarDelta == nil)
        #expect(group.missing == ["tastytrade-1 SPY"])
        #expect(group.members.last?.ratio.reason != nil)
    }

    /// One ADR is one share: 10 at 19 USD and 100 at 1600 INR, 84.50 INR a dollar.
    @Test func depositaryReceipt_joinsItsShare_acrossCurrencies() throws {
        var maker = BookMaker()
        let inr = Currency.inr
        maker.apply([
            .rate(FXRate(base: .usd, quote: inr, rate: decimal("84.50"), asOf: maker.now, source: "test"))
        ])
        let share = maker.share("INFY", currency: inr)
        let receipt = maker.share("INFY")
        maker.trade(share, "1600")
        maker.trade(receipt, "19")
        maker.hold(share, "100")
        maker.hold(receipt, "-10")
        let call = maker.option("INFY", on: "INFY", "19", .call)
        maker.hold(call, "1")
        maker.quote(call, "1.00", "1.05")
        maker.greeks(call, 0.5, 0.1, -0.01, 0.02)
        // Without a declaration they are two, told apart by their currency.
        #expect(maker.view().groups.map(\.symbol) == ["INFY INR", "INFY USD"])
        let settings = RiskSettings(
            session: .alwaysOpen,
            groups: UnderlyingGroups([
                "Infosys": [
                    .init("INFY", currency: inr), .init("INFY", currency: .usd, .exact(value: 1, of: "INFY/INR")),
                ]
            ]))
        let view = maker.view(settings)
        let group = try #require(view.groups.first)
        #expect(view.groups.map(\.symbol) == ["INFY INR"])
        #expect(Self.near(group.delta, 100 - 10 + 50))
        // Gamma is for one rupee of the share: 10 for a dollar of the receipt.
        #expect(Self.near(group.gamma, 10 / 84.5))
    }
}
