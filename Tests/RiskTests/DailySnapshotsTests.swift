import PortfolioModel
import Risk
import Testing

struct DailySnapshotsTests {
    @Test func snapshots_areOfTheView_andKeepTheUnknownUnknown() throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        let call = maker.option("XYZ", on: "XYZ", "100", .call)
        maker.hold(share, "10", at: "90")
        maker.hold(call, "-1", at: "4")
        maker.trade(share, "100", previous: "99")
        maker.apply([.balance(Balance(key: .init(BookMaker.account, .usd), cash: 500, asOf: maker.now))])
        let rows = DailySnapshots(of: maker.view(), on: BookMaker.today)
        #expect(rows.positions.map(\.mark) == [100, nil])
        #expect(rows.positions.map(\.marketValue) == [1000, nil])
        #expect(rows.positions.map(\.delta) == [1, nil])
        #expect(rows.positions.map(\.state) == [.confirmed, .unknown])
        #expect(rows.positions.map(\.underlyingPrice) == [100, 100])
        let account = try #require(rows.accounts.first)
        #expect(account.netLiquidation == nil)
        #expect(account.state == .unknown)
        #expect(account.cash == 500)
        #expect(account.date == BookMaker.today)
        let balance = try #require(rows.balances.first)
        #expect(balance.cash == 500 && balance.fx == 1 && balance.at == maker.now && balance.date == BookMaker.today)
    }

    @Test func closes_areConfirmedMarks_onSessionsOnly() throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        let other = maker.share("ABC")
        let unpriced = maker.share("DEF")
        let call = maker.option("ABC", on: "ABC", "100", .call)
        for id in [share, unpriced, call] { maker.hold(id, "10", at: "90") }
        maker.trade(share, "100", previous: "99")
        maker.trade(other, "55")
        maker.quote(call, "1", "1.10")
        let closes = DailySnapshots(of: maker.view(), on: BookMaker.today).closes
        #expect(closes.map(\.instrument) == [share, other])
        #expect(closes.map(\.close) == [100, 55])
        #expect(closes.allSatisfy { $0.source == "snapshot" && $0.date == BookMaker.today })
        #expect(DailySnapshots(of: maker.view(), on: BookMaker.today.adding(days: 1)).closes.isEmpty)
    }
}
