import PortfolioModel
import Risk
import Testing

struct CashAttributionTests {
    private static let key = Balance.Key(BookMaker.account, .eur)

    private func reading(_ hours: Int, _ cash: String, _ fx: String?) -> CashAttribution.Reading {
        .init(at: BookMaker.open.adding(.seconds(hours * 3600)), cash: decimal(cash), fx: fx.map(decimal))
    }

    @Test func cash_gainsWhatTheRateMoved_onWhatWasHeldBefore() throws {
        let found = CashAttribution(
            Self.key, [reading(0, "1000", "1.10"), reading(24, "400", "1.15"), reading(48, "-200", "1.12")])
        // 1000 x 0.05 and 400 x -0.03; the 600 that were paid in between were worth the later rate.
        #expect(found.terms[.fx] == 38 && found.profit == 38)
        #expect(found.terms.explained == 38)
        #expect(found.steps == 2 && found.unknown == nil && found.gaps.isEmpty)
        #expect(found.from == BookMaker.open && found.name == "tastytrade-1 cash EUR")
    }

    @Test func debt_losesWhereCashGains() throws {
        let found = CashAttribution(Self.key, [reading(0, "-1000", "1.10"), reading(24, "-1000", "1.15")])
        #expect(found.profit == -50)
    }

    @Test func readings_withoutARate_arePassedOverAndCounted() throws {
        let found = CashAttribution(
            Self.key, [reading(0, "100", "1.10"), reading(24, "100", nil), reading(48, "100", "1.20")])
        #expect(found.profit == 10 && found.steps == 1)
        #expect(found.gaps == ["1 balance(s) without a rate"])
    }

    @Test func result_isUnknown_whenThereIsNothingToCompare() throws {
        #expect(CashAttribution(Self.key, []).unknown == "no balance was kept in the interval")
        #expect(CashAttribution(Self.key, [reading(0, "1", nil)]).unknown == "no balance with a rate")
        #expect(CashAttribution(Self.key, [reading(0, "1", "1")]).unknown == "only one balance in the interval")
        let huge = CashAttribution(
            Self.key, [reading(0, "900000000000000000000", "1"), reading(1, "0", "9000000000000")])
        #expect(huge.unknown == "amount out of range")
    }

    @Test func totals_closeExactly_withCashInThem() throws {
        let key = PositionKey(BookMaker.account, InstrumentID(raw: 1))
        let edges = [("20", "1.10", 0), ("21", "1.20", 24)].map { mark, fx, hours in
            var edge = ValuationEdge(
                position: key, at: BookMaker.open.adding(.seconds(hours * 3600)), kind: .close, quantity: 100,
                state: .confirmed, asOf: BookMaker.open)
            (edge.mark, edge.fx) = (decimal(mark), decimal(fx))
            return edge
        }
        let share = PositionAttribution(
            edges, AttributionContract(position: key, name: "AAA", group: "AAA", currency: .eur))
        let cash = CashAttribution(Self.key, [reading(0, "1000", "1.10"), reading(24, "1000", "1.20")])
        let lost = CashAttribution(.init(BookMaker.account, .inr), unknown: "no balance was kept at the beginning")
        let known = try Attribution([share], cash: [cash], base: .usd).total()
        // 2100 x 1.20 - 2000 x 1.10, and 100 of the cash.
        #expect(known.profit == 420 && known.known == 420)
        #expect(known.terms[.delta] == 110 && known.terms[.fx] == 310)
        let whole = Attribution([share], cash: [cash, lost], base: .usd)
        let total = try whole.total()
        #expect(total.profit == nil && total.known == 420)
        #expect(total.missing.map(\.name) == ["tastytrade-1 cash INR"])
        let parts = try whole.totals(by: { $0.currency.code }, cash: { $0.currency.code })
        #expect(parts.map(\.name) == ["EUR", "INR"] && parts.map(\.known) == [420, 0])
        #expect(try whole.totals(by: { $0.group }).map(\.name) == ["AAA", "cash"])
    }
}
