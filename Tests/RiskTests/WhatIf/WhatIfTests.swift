import PortfolioModel
import Risk
import Testing

struct WhatIfTests {
    private static func engine() -> RiskEngine {
        var maker = BookMaker()
        let spy = maker.share("SPY")
        let put = maker.option("SPY", on: "SPY", "570", .put)
        maker.hold(spy, "100", at: "580")
        maker.hold(put, "-2", at: "7.47")
        maker.trade(spy, "600")
        maker.quote(put, "5.00", "5.10")
        maker.greeks(put, -0.20, 0.010, -0.15, 0.50)
        maker.apply([
            .balance(Balance(key: .init(BookMaker.account, .usd), cash: decimal("1000"), asOf: maker.now))
        ])
        return RiskEngine(book: maker.book, settings: RiskSettings(session: .alwaysOpen), now: maker.now)
    }

    private static func after(_ legs: String...) throws -> WhatIf {
        try WhatIf(try legs.map { try HypotheticalLeg($0) }, on: engine())
    }

    @Test(arguments: [
        ("-2 SPY 2026-12-18 570 P @5.05", "-2", "5.05"), ("+100 SPY", "100", nil), ("0.5 BRK/B @400", "0.5", "400"),
        ("1 SPY   261218C00600000", "1", nil), ("1 SPY261218C00600000 @3", "1", "3"),
        ("1 spy 2026-12-18 600 call @3", "1", "3"), ("-1000000000000 SPY", "-1000000000000", nil),
    ])
    func leg_isRead(_ text: String, _ quantity: String, _ price: String?) throws {
        let leg = try HypotheticalLeg(text)
        #expect(leg.quantity == decimal(quantity))
        #expect(leg.price == price.map(decimal))
    }

    @Test(arguments: [
        ("", "it does not begin with a quantity other than 0"),
        ("SPY", "it does not begin with a quantity other than 0"),
        ("0 SPY", "it does not begin with a quantity other than 0"), ("5", "no instrument is named"),
        ("5 @3", "no instrument is named"), ("1 SPY @", "`@` is no price"), ("1 SPY @x", "`@x` is no price"),
        ("1 SPY @-2", "`@-2` is no price"), ("1000000000001 SPY", "its quantity is beyond 1000000000000"),
        ("1 SPY 2026-12-18 600 X @5", "`X` is no right: write C or P"),
        ("1 SPY 2026-13-18 600 C @5", "`2026-13-18` is no date: write YYYY-MM-DD"),
        ("1 SPY 2026-12-18 -5 C @2", "`-5` is no strike: write a price above 0"),
        ("1 SPY 2026-12-18 0 C @2", "`0` is no strike: write a price above 0"),
        ("1 SPY 2026-12-18 1e300 C @2", "`1e300` is no strike: write a price above 0"),
        ("1 SPY 2026-12-18 600 C now", "an instrument has four words at most"),
    ])
    func leg_isRefused(_ text: String, _ message: String) {
        let mistake = #expect(throws: HypotheticalLeg.Mistake.self) { try HypotheticalLeg(text) }
        #expect(mistake?.text == text && mistake?.message == message)
    }

    @Test func severalWordsThatNobodyFollows_areNoShare() {
        #expect(throws: HypotheticalLeg.Mistake.self) { try Self.after("1 SPY 600C @5") }
    }

    @Test func legsWithoutAPrice_areNamed_andNothingIsPaidForThem() throws {
        let found = try Self.after("1 ZZZ 2026-12-18 600 C", "5 SPY")
        #expect(found.unpaid == ["what-if ZZZ 2026-12-18 600 C"])
        #expect(found.engine.view(at: BookMaker.open).totals.cash.figure.amount.value == decimal("-2000"))
    }

    @Test func realBook_staysAsItIs() throws {
        let engine = Self.engine()
        let before = engine.totals
        _ = try WhatIf([HypotheticalLeg(quantity: 10, name: .symbol("SPY"))], on: engine)
        #expect(engine.totals == before)
        #expect(engine.book.accounts.count == 1)
    }

    @Test func shares_moveDeltaAndCash_butNotNetLiquidation() throws {
        let before = Self.engine().view(at: BookMaker.open)
        let after = try Self.after("+100 SPY").engine.view(at: BookMaker.open)
        let (old, new) = (try #require(before.totals.greeks.value), try #require(after.totals.greeks.value))
        #expect(abs(new.dollarDelta - old.dollarDelta - 60_000) < 1e-6)
        #expect(after.totals.netLiquidation.figure.amount.value == before.totals.netLiquidation.figure.amount.value)
        #expect(after.totals.cash.figure.amount.value == decimal("-59000"))
        #expect(after.positions.filter { $0.account.id == BookMaker.account }.count == 2)
    }

    @Test func heldOption_isAddedAtItsMark() throws {
        let after = try Self.after("2 SPY 2026-12-18 570 P").engine.view(at: BookMaker.open)
        // The basket closes the short puts: what is left is the shares.
        #expect(after.groups.first?.delta == 100)
        #expect(after.totals.marketValue.figure.amount.value == 60_000)
    }

    @Test func unquotedOption_isPricedAtItsNeighboursVolatility() throws {
        let found = try Self.after("1 SPY 2026-12-18 560 P")
        let view = found.engine.view(at: BookMaker.open)
        let row = try #require(view.positions.first { $0.account.id == WhatIf.account })
        #expect(found.notes.count == 1)
        let value = try #require(row.mark.value.value)
        #expect(value > 0 && value < decimal("5.05"))
        #expect(row.unitGreeks.value.map { $0.delta < 0 && $0.delta > -0.25 } == true)
    }

    @Test func heldShare_isAddedAtItsBrokersMark_whenNoMarketPricesIt() throws {
        var maker = BookMaker()
        let spy = maker.share("SPY")
        maker.hold(spy, "40", at: "580", brokerMark: "600")
        let engine = RiskEngine(book: maker.book, settings: RiskSettings(session: .alwaysOpen), now: maker.now)
        #expect(engine.basePrice(of: "SPY").value == 600)
        let found = try WhatIf([HypotheticalLeg("1 SPY")], on: engine)
        let rows = found.engine.view(at: maker.now).positions
        #expect(rows.first { $0.account.id == WhatIf.account }?.marketValue.native.amount.value == 600)
        #expect(found.notes == ["SPY is not quoted: priced at 600, the mark in \(BookMaker.account)"])
    }

    @Test func statedPrice_makesAMarketWhereThereIsNone() throws {
        let row = try #require(
            try Self.after("3 NEW @10").engine.view(at: BookMaker.open).positions
                .first { $0.account.id == WhatIf.account })
        #expect(row.marketValue.native.amount.value == 30)
    }

    @Test func unknownSymbol_isRefused_withoutAPrice() {
        #expect(throws: HypotheticalLeg.Mistake.self) { try Self.after("3 NEW") }
    }

    @Test(arguments: [
        "1 SPY 2025-01-17 570 P @1", "1 SPY 2026-12-19 570 P @1", "1 SPY 2026-12-25 570 P @1",
        "1.5 SPY 2026-12-18 570 P @5",
    ])
    func option_isRefused_whenNobodyCanHoldIt(_ leg: String) {
        #expect(throws: HypotheticalLeg.Mistake.self) { try Self.after(leg) }
    }

    @Test func legsOfOneInstrument_areNetted() throws {
        let found = try Self.after("3 SPY", "-3 SPY")
        #expect(found.engine.view(at: BookMaker.open).positions.allSatisfy { $0.account.id != WhatIf.account })
    }
}
