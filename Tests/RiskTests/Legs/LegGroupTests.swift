import PortfolioModel
import Risk
import Testing

struct LegGroupTests {
    /// Options on one underlying at 100, each with the orders that opened one contract of it each.
    private struct Holdings {
        var maker = BookMaker()
        let share: InstrumentID
        var history: [Transaction] = []

        init() {
            share = maker.share("XYZ")
            maker.trade(share, "100")
        }

        @discardableResult
        mutating func hold(
            _ quantity: Int, _ strike: String, _ right: OptionRight = .put, at open: String = "1", by orders: [String],
            days: Int = 28
        ) -> InstrumentID {
            let id = maker.option("XYZ", on: "XYZ", strike, right, days: days)
            maker.hold(id, "\(quantity)", at: open)
            let rows = orders.map { order in
                OpeningOrdersTests.Row(
                    subtype: quantity < 0 ? "Sell to Open" : "Buy to Open", quantity: quantity < 0 ? -1 : 1,
                    order: order)
            }
            history += OpeningOrdersTests.transactions(rows, of: PositionKey(BookMaker.account, id))
            return id
        }

        /// Names without the account, and the strikes in each; `-` for shares.
        var groups: [String: [String]] {
            Dictionary(
                uniqueKeysWithValues: LegGroup.groups(of: maker.view().positions, orders: OpeningOrders(history)).map {
                    group in
                    let legs = group.legs.map { $0.instrument.contract?.strike?.description ?? "-" }
                    return (group.name.replacing("tastytrade-1 ", with: ""), legs.sorted())
                })
        }
    }

    private static let expiry = "XYZ \(BookMaker.today.adding(days: 28))"

    @Test func twoVerticals_ofTwoOrders_areTwoGroups() throws {
        var holdings = Holdings()
        holdings.hold(-1, "95", at: "2.00", by: ["12"])
        holdings.hold(1, "90", at: "0.75", by: ["12"])
        holdings.hold(-1, "85", at: "1.50", by: ["9"])
        holdings.hold(1, "80", at: "1.00", by: ["9"])
        let groups = LegGroup.groups(of: holdings.maker.view().positions, orders: OpeningOrders(holdings.history))
        #expect(groups.map(\.name) == ["tastytrade-1 \(Self.expiry) #12", "tastytrade-1 \(Self.expiry) #9"])
        let outcomes = try groups.map { try GroupHealth($0).outcome.get() }
        #expect(outcomes.map(\.breakEvens) == [[decimal("93.75")], [decimal("84.5")]])
        #expect(outcomes.map(\.maximumLoss) == [.amount(-375), .amount(-450)])
        #expect(outcomes.map(\.maximumProfit) == [.amount(125), .amount(50)])
    }

    @Test func oneOrder_isNamedByItsExpiry() {
        var holdings = Holdings()
        holdings.hold(-1, "95", by: ["12"])
        holdings.hold(1, "90", by: ["12"])
        #expect(holdings.groups == [Self.expiry: ["90", "95"]])
    }

    @Test func unknownOrders_stayTogether() {
        var holdings = Holdings()
        holdings.hold(-1, "95", by: [])
        holdings.hold(1, "90", by: [])
        #expect(holdings.groups == [Self.expiry: ["90", "95"]])
        holdings.hold(-1, "85", by: ["7"])
        // Two are held, the history knows of one.
        holdings.hold(2, "80", by: ["7"])
        #expect(holdings.groups == [Self.expiry: ["80", "90", "95"], Self.expiry + " #7": ["85"]])
    }

    @Test func legOfSeveralOrders_joinsTheirs() {
        var holdings = Holdings()
        holdings.hold(-1, "95", by: ["100"])
        holdings.hold(2, "90", by: ["100", "99"])
        holdings.hold(-1, "85", by: ["99"])
        holdings.hold(-1, "80", by: ["101"])
        #expect(holdings.groups == [Self.expiry + " #99": ["85", "90", "95"], Self.expiry + " #101": ["80"]])
    }

    @Test func order_overTwoExpiries_isAGroupOfEach() {
        var holdings = Holdings()
        holdings.hold(-1, "95", by: ["1"])
        holdings.hold(1, "95", by: ["1"], days: 56)
        #expect(holdings.groups == [Self.expiry: ["95"], "XYZ \(BookMaker.today.adding(days: 56))": ["95"]])
    }

    @Test(arguments: [100, -100]) func shares_joinTheFirstGroupThatTheyCover(shares: Int) {
        let (covered, other): (OptionRight, OptionRight) = shares > 0 ? (.call, .put) : (.put, .call)
        var holdings = Holdings()
        holdings.maker.hold(holdings.share, "\(shares)", at: "98")
        holdings.hold(-1, "90", other, by: ["1"])
        holdings.hold(1, "105", covered, by: ["2"])
        holdings.hold(-1, "110", covered, by: ["4"])
        holdings.hold(-1, "115", covered, by: ["3"])
        holdings.hold(-1, "120", covered, by: ["0"], days: 56)
        #expect(holdings.groups[Self.expiry + " #3"] == ["-", "115"])
        #expect(holdings.groups.count == 5)
    }
}
