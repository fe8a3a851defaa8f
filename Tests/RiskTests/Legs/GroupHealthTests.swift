import PortfolioModel
import Risk
import Testing

struct GroupHealthTests {
    private struct Leg: Sendable {
        var quantity: String
        var strike: String?
        var right = OptionRight.call
        var open: String
    }

    private static func outcome(_ legs: [Leg]) throws -> GroupHealth.Outcome {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        maker.trade(share, "100")
        for leg in legs {
            let id = leg.strike.map { maker.option("XYZ", on: "XYZ", $0, leg.right) } ?? share
            maker.hold(id, leg.quantity, at: leg.open)
        }
        let groups = LegGroup.groups(of: maker.view().positions, orders: OpeningOrders([]))
        #expect(groups.count == 1)
        return try GroupHealth(try #require(groups.first)).outcome.get()
    }

    @Test func putSpread_isBoundBothWays() throws {
        let found = try Self.outcome([
            Leg(quantity: "-1", strike: "95", right: .put, open: "2.00"),
            Leg(quantity: "1", strike: "90", right: .put, open: "0.75"),
        ])
        #expect(found.maximumProfit == .amount(125))
        #expect(found.maximumLoss == .amount(-375))
        #expect(found.breakEvens == [decimal("93.75")])
    }

    @Test func ironCondor_hasTwoBreakEvens() throws {
        let found = try Self.outcome([
            Leg(quantity: "-1", strike: "95", right: .put, open: "1.50"),
            Leg(quantity: "1", strike: "90", right: .put, open: "0.50"),
            Leg(quantity: "-1", strike: "105", right: .call, open: "1.60"),
            Leg(quantity: "1", strike: "110", right: .call, open: "0.60"),
        ])
        #expect(found.maximumProfit == .amount(200))
        #expect(found.maximumLoss == .amount(-300))
        #expect(found.breakEvens == [93, 107])
    }

    @Test func nakedCall_hasUnlimitedLoss() throws {
        let found = try Self.outcome([Leg(quantity: "-2", strike: "105", open: "1.50")])
        #expect(found.maximumProfit == .amount(300))
        #expect(found.maximumLoss == .unlimited)
        #expect(found.breakEvens == [decimal("106.5")])
    }

    @Test func coveredCall_isNotNaked() throws {
        let found = try Self.outcome([
            Leg(quantity: "-1", strike: "105", open: "2.00"), Leg(quantity: "100", open: "98"),
        ])
        #expect(found.maximumProfit == .amount(900))
        #expect(found.maximumLoss == .amount(-9_600))
        #expect(found.breakEvens == [96])
    }

    @Test func protectivePut_limitsTheLoss() throws {
        let found = try Self.outcome([
            Leg(quantity: "1", strike: "95", right: .put, open: "1.00"), Leg(quantity: "100", open: "100"),
        ])
        #expect(found.maximumProfit == .unlimited)
        #expect(found.maximumLoss == .amount(-600))
        #expect(found.breakEvens == [101])
    }

    @Test func straddle_hasItsBreakEvensOnBothSides() throws {
        let found = try Self.outcome([
            Leg(quantity: "1", strike: "100", open: "3.00"),
            Leg(quantity: "1", strike: "100", right: .put, open: "2.50"),
        ])
        #expect(found.maximumProfit == .unlimited)
        #expect(found.maximumLoss == .amount(-550))
        #expect(found.breakEvens == [decimal("94.5"), decimal("105.5")])
    }

    @Test func adjustedContract_paysOnWhatItDelivers() throws {
        var maker = BookMaker()
        let share = maker.share("ABC")
        maker.trade(share, "60")
        let call = maker.option("ABC1", on: "ABC", "5", .call, delivers: [Deliverable(symbol: "ABC", amount: 10)])
        maker.hold(call, "1", at: "2")
        let group = try #require(LegGroup.groups(of: maker.view().positions, orders: OpeningOrders([])).first)
        let found = try GroupHealth(group).outcome.get()
        // Ten shares for a strike of 500, 200 paid: even at 70.
        #expect(found.breakEvens == [70])
        #expect(found.maximumLoss == .amount(-200))
    }

    @Test func share_ofMaximum_isOpenProfitOverIt() throws {
        var maker = BookMaker()
        maker.trade(maker.share("XYZ"), "100")
        let put = maker.option("XYZ", on: "XYZ", "95", .put)
        maker.hold(put, "-1", at: "2.00")
        maker.quote(put, "0.45", "0.55")
        let group = try #require(LegGroup.groups(of: maker.view().positions, orders: OpeningOrders([])).first)
        let found = try GroupHealth(group).outcome.get()
        #expect(found.shareOfMaximum == 0.75)
    }

    @Test func payoff_isUnknown_withoutAnOpenPrice() throws {
        var maker = BookMaker()
        maker.trade(maker.share("XYZ"), "100")
        maker.hold(maker.option("XYZ", on: "XYZ", "95", .put), "-1")
        let group = try #require(LegGroup.groups(of: maker.view().positions, orders: OpeningOrders([])).first)
        guard case .failure(let reason) = GroupHealth(group).outcome else {
            Issue.record("a payoff without an open price")
            return
        }
        #expect(reason.text.contains("open price"))
    }
}
