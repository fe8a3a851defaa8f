import PortfolioModel
import Testing

@testable import Tastytrade

struct AccountLedgerTests {
    private func position(_ quantity: Int, at minute: Int?, symbol: String = "SPY", mark: Int? = nil) throws
        -> WirePosition
    {
        let time = minute.map { #","updated-at":"2026-11-20T15:\#($0):00.000+00:00""# } ?? ""
        let price = mark.map { #","mark-price":"\#($0).0""# } ?? ""
        let text =
            #"{"symbol":"\#(symbol)","quantity":\#(quantity),"#
            + #""quantity-direction":"\#(quantity == 0 ? "Zero" : "Long")""#
            + "\(time)\(price)}"
        return try WirePosition(try JSONParser.parse(Array(text.utf8)))
    }

    @Test func notification_isDropped_whenOlderThanTheAnswer() throws {
        var ledger = AccountLedger()
        _ = ledger.merge([try position(5, at: 30)], requestedAt: .seconds(10))
        #expect(ledger.accept(try position(4, at: 29), at: .seconds(11)) == nil)
        #expect(ledger.accept(try position(6, at: 31), at: .seconds(12))?.quantity == 6)
    }

    @Test func notification_keepsWhatItLeavesOut() throws {
        var ledger = AccountLedger()
        _ = ledger.merge([try position(5, at: 30, mark: 579)], requestedAt: .seconds(10))
        #expect(ledger.accept(try position(6, at: 31), at: .seconds(12))?.markPrice == 579)
    }

    @Test func answer_givesWay_toANewerNotificationDuringTheRequest() throws {
        var ledger = AccountLedger()
        _ = ledger.merge([try position(5, at: 30)], requestedAt: .seconds(10))
        _ = ledger.accept(try position(6, at: 31), at: .seconds(21))
        let merged = ledger.merge([try position(5, at: 30)], requestedAt: .seconds(20))
        #expect(merged.map(\.quantity) == [6])
    }

    @Test func answer_wins_overNotificationsBeforeTheRequest() throws {
        var ledger = AccountLedger()
        _ = ledger.accept(try position(6, at: 31), at: .seconds(19))
        _ = ledger.accept(try position(1, at: 31, symbol: "QQQ"), at: .seconds(19))
        let merged = ledger.merge([try position(7, at: 32)], requestedAt: .seconds(20))
        #expect(merged.map(\.symbol) == ["SPY"])
        #expect(merged.map(\.quantity) == [7])
    }

    @Test func positionOpenedDuringTheRequest_isKept_andAClosedOneStaysClosed() throws {
        var ledger = AccountLedger()
        _ = ledger.accept(try position(1, at: 31, symbol: "QQQ"), at: .seconds(21))
        _ = ledger.accept(try position(0, at: 31), at: .seconds(21))
        let merged = ledger.merge([try position(5, at: 30)], requestedAt: .seconds(20))
        #expect(merged.map(\.symbol) == ["QQQ", "SPY"])
        #expect(merged.map(\.quantity) == [1, 0])
        #expect(ledger.positions.map(\.symbol) == ["QQQ"])
    }

    @Test func balance_givesWayOnlyToANewerNotification() throws {
        func balance(_ cash: Int, _ minute: Int) throws -> WireBalance {
            try WireBalance(
                try JSONParser.parse(
                    Array(#"{"cash-balance":"\#(cash).0","updated-at":"2026-11-20T15:\#(minute):00Z"}"#.utf8)))
        }
        var ledger = AccountLedger()
        #expect(ledger.accept(try balance(2, 31), at: .seconds(21)) == true)
        #expect(ledger.accept(try balance(1, 30), at: .seconds(22)) == false)
        #expect(ledger.merge([try balance(1, 30)], requestedAt: .seconds(20)).map(\.cash) == [2])
        #expect(ledger.merge([try balance(3, 32)], requestedAt: .seconds(20)).map(\.cash) == [3])
        #expect(ledger.merge([try balance(1, 30)], requestedAt: .seconds(30)).map(\.cash) == [1])
    }
}
