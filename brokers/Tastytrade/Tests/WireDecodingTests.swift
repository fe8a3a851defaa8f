import BrokerKit
import PortfolioModel
import Testing

@testable import Tastytrade

struct WireDecodingTests {
    @Test func accounts_areRead() throws {
        let accounts = try Fixture.items("accounts").map { try WireAccount($0) }
        #expect(accounts.map(\.number) == ["5WX00001", "5WX00002", "5WX00003"])
        #expect(accounts.map(\.isClosed) == [false, false, true])
        #expect(AccountAdapter.account(accounts[1]).taxStatus == .rothIra)
        #expect(AccountAdapter.account(accounts[0]).name == "Trading")
    }

    @Test func balances_areRead_inBothShapes() throws {
        let object = try WireBalance(try #require(try Fixture.items("balances-object").first))
        #expect(object.cash == (try FixedDecimal("-1250.5")))
        #expect(object.pendingCash == (try FixedDecimal("-100.25")))
        let items = try Fixture.items("balances-items").map { try WireBalance($0) }
        #expect(items.count == 1)
        #expect(items[0].equityBuyingPower == 50_000)
        #expect(AccountAdapter.figures(items)?.netLiquidation == 25_100)
    }

    @Test func positions_keepSignsAndExactQuantities() throws {
        let positions = try Fixture.items("positions").map { try WirePosition($0) }
        #expect(positions.count == 7)
        #expect(positions[0].quantity == (try FixedDecimal("100.29")))
        #expect(positions[0].realizedDayGain == (try FixedDecimal("-12.5")))
        #expect(positions[1].quantity == -2)
        #expect(positions[5].quantity == (try FixedDecimal("0.01250001")))
        #expect(positions[3].multiplier == 50)
    }

    @Test func position_becomesVenuePosition() throws {
        let wires = try Fixture.items("positions").map { try WirePosition($0) }
        let today = try #require(CalendarDate("2026-11-21"))
        let asOf = Timestamp(seconds: 1_795_000_000)
        func adapted(_ index: Int) -> VenuePosition {
            AccountAdapter.position(
                wires[index], as: InstrumentCatalogue().describe(wires[index]), asOf: asOf, today: today)
        }
        #expect(adapted(1).costBasis == -1494)
        #expect(adapted(1).basis.includesFees == false)
        #expect(adapted(1).brokerMark == (try FixedDecimal("5.05")))
        // A close of zero is no close; a gain dated yesterday is none today.
        #expect(adapted(2).priorSettlement == nil)
        #expect(adapted(2).brokerMark == nil)
        #expect(adapted(2).brokerMarkAsOf == nil)
        #expect(adapted(0).realizedToday == .zero)
        #expect(adapted(3).instrument.expiry == CalendarDate("2026-12-18"))
    }

    @Test func transactions_carrySignedCashFeesAndQuantities() throws {
        let rows = try Fixture.items("transactions").map {
            try AccountAdapter.transaction(try WireTransaction($0), as: nil)
        }
        #expect(rows[0].netCash == (try FixedDecimal("1491.76")))
        #expect(rows[0].fees == (try FixedDecimal("-2.24")))
        #expect(rows[0].quantity == -2)
        #expect(rows[1].quantity == nil)
        #expect(rows[1].netCash == 500)
        #expect(rows[2].externalID == "270563")
        #expect(rows[2].quantity == nil)
    }

    @Test func transactions_carryTheOrderTheyFilled_orNone() throws {
        let rows = try Fixture.items("transactions").map {
            try AccountAdapter.transaction(try WireTransaction($0), as: nil)
        }
        // A number on the wire; no key; and 0, which is no order.
        #expect(rows.map(\.orderID) == ["268899", nil, nil])
    }

    @Test func orders_areRead() throws {
        let orders = try Fixture.items("orders-live").map { try WireOrder($0) }
        #expect(orders.map(\.hasFills) == [true, false])
        #expect(orders[0].updatedAt == Timestamp(milliseconds: 1_795_188_662_120))
        #expect(orders[1].updatedAt == nil)
    }

    @Test func instruments_teachWhatSymbolsDoNotSay() throws {
        let future = InstrumentAdapter.future(try WireInstrument(try #require(try Fixture.items("futures").first)))
        #expect(future.multiplier == 50)
        #expect(future.expiry == CalendarDate("2026-12-18"))
        #expect(future.settlement == Settlement(.cash))
        let option = InstrumentAdapter.futureOption(
            try WireInstrument(try #require(try Fixture.items("future-option").first)))
        #expect(option.multiplier == 50)
        #expect(option.deliverables == [Deliverable(symbol: "/ESZ6", amount: .one)])
        let fund = InstrumentAdapter.equity(try WireInstrument(try #require(try Fixture.items("equities").first)))
        #expect(fund.securityKind == .etf)
        #expect(fund.cusip == "78462F103")
    }

    @Test func adjustedOption_takesItsDeliverablesFromTheChainOfItsRoot() throws {
        let wire = try WireInstrument(try #require(try Fixture.items("equity-option-adjusted").first))
        var parts: [WireDeliverable] = []
        for item in try Fixture.items("nested-chain") {
            let chain = try WireObject(item, place: "test")
            let root = try chain.requiredText("root-symbol")
            parts += try chain.array("deliverables").map { try WireDeliverable($0, root: root) }
        }
        let instrument = InstrumentAdapter.equityOption(wire, deliverables: parts.filter { $0.rootSymbol == "ABC1" })
        #expect(
            instrument.deliverables == [
                Deliverable(symbol: "ABC", amount: 10),
                Deliverable(symbol: "USD", amount: try FixedDecimal("12.5"), isCash: true),
            ])
        #expect(InstrumentAdapter.equityOption(wire, deliverables: nil).deliverables == nil)
    }

    @Test(arguments: [
        (#"{"symbol":"X","quantity":1,"quantity-direction":"Sideways"}"#, "quantity-direction"),
        (#"{"symbol":"X","quantity":1}"#, "quantity-direction"),
        (#"{"symbol":"X","quantity-direction":"Long"}"#, "quantity"),
        (#"{"symbol":"X","quantity":"1,5","quantity-direction":"Long"}"#, "quantity"),
        (#"{"symbol":"X","quantity":"NaN","quantity-direction":"Long"}"#, "quantity"),
        (#"{"quantity":1,"quantity-direction":"Long"}"#, "symbol"),
        (
            #"{"symbol":"X","quantity":1,"quantity-direction":"Long","realized-day-gain":"5.0"}"#,
            "realized-day-gain-effect"
        ),
        (#"{"symbol":"X","quantity":1,"quantity-direction":"Long","updated-at":"yesterday"}"#, "updated-at"),
        (#"{"symbol":"X","quantity":1,"quantity-direction":"Long","multiplier":[1]}"#, "multiplier"),
    ])
    func position_isRefused_namingTheField(_ text: String, _ field: String) throws {
        let value = try JSONParser.parse(Array(text.utf8))
        let error = #expect(throws: WireError.self) { try WirePosition(value) }
        #expect(error?.field == field)
    }

    @Test func balance_isRefused_withoutCash() throws {
        let value = try JSONParser.parse(Array(#"{"currency":"USD","net-liquidating-value":"5.0"}"#.utf8))
        #expect(throws: WireError.self) { try WireBalance(value) }
    }

    @Test(arguments: [
        ("2026-11-20T15:00:00.000Z", 1_795_186_800), ("2026-11-20T15:00:00.000+00:00", 1_795_186_800),
        ("2026-11-20T15:00:00.000+0000", 1_795_186_800), ("2026-11-20T10:00:00-0500", 1_795_186_800),
    ])
    func timestamps_areReadInEverySpelling(_ text: String, _ seconds: Int) throws {
        let wire = try WireObject(try JSONParser.parse(Array(#"{"t":"\#(text)"}"#.utf8)), place: "test")
        #expect(try wire.timestamp("t") == Timestamp(seconds: seconds))
    }
}
