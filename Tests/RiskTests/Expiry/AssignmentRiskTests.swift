import PortfolioModel
import Risk
import Testing

struct AssignmentRiskTests {
    private static let dividend = ExpectedDividend(
        exDate: BookMaker.today.adding(days: 5), amount: 1.50, source: "test")

    /// A short option on a share at 100, quoted a tick around `mark`.
    private static func expiring(
        _ strike: String, _ right: OptionRight, days: Int, bid: String, ask: String, quantity: String = "-1",
        kind: InstrumentKind = .equityOption, dividends: [ExpectedDividend] = [], rate: Double = 0.05,
        cash: String? = "5000", shares: String? = nil
    ) -> [ExpiringPosition] {
        var maker = BookMaker()
        let share = maker.share("XYZ", kind: kind == .indexOption ? .index : .equity)
        maker.trade(share, "100")
        let id = maker.option(
            "XYZ", on: "XYZ", strike, right, days: days, kind: kind, delivers: kind == .indexOption ? [] : nil)
        maker.hold(id, quantity, at: "1")
        maker.quote(id, bid, ask)
        if let shares { maker.hold(share, shares, at: "90") }
        if let cash {
            maker.apply([
                .balance(Balance(key: .init(BookMaker.account, .usd), cash: decimal(cash), asOf: maker.now))
            ])
        }
        return ExpiringPosition.expiring(
            in: maker.view(), within: 7, dividends: ["XYZ": dividends], rate: rate, today: BookMaker.today)
    }

    @Test func call_isAtRisk_whenItsExtrinsicIsBelowTheDividend() {
        let found = Self.expiring("90", .call, days: 28, bid: "10.90", ask: "11.10", dividends: [Self.dividend])
        #expect(found.first?.risks == [.dividend(exDate: Self.dividend.exDate, amount: 1.50)])
    }

    @Test func call_isNotAtRisk_whenItsExtrinsicIsAbove() {
        #expect(Self.expiring("90", .call, days: 28, bid: "11.90", ask: "12.10", dividends: [Self.dividend]).isEmpty)
    }

    @Test func call_isNotAtRisk_whenTheDividendComesAfterExpiry() {
        let found = Self.expiring("90", .call, days: 4, bid: "10.10", ask: "10.30", dividends: [Self.dividend])
        #expect(found.map(\.risks) == [[]])
    }

    @Test func put_isAtRisk_whenItsExtrinsicIsBelowTheInterest() throws {
        // 120 x 5 % x 28 / 365 = 0.46.
        let found = try #require(Self.expiring("120", .put, days: 28, bid: "20.10", ask: "20.20").first)
        guard case .carry(let interest) = try #require(found.risks.first) else {
            Issue.record("\(found.risks)")
            return
        }
        #expect(abs(interest - 120 * 0.05 * 28 / 365) < 1e-12)
    }

    @Test func long_isNeverAssigned() {
        #expect(Self.expiring("120", .put, days: 28, bid: "20.10", ask: "20.20", quantity: "1").isEmpty)
    }

    @Test func indexOption_isNotExercisedEarly() {
        #expect(Self.expiring("120", .put, days: 28, bid: "20.10", ask: "20.20", kind: .indexOption).isEmpty)
    }

    @Test func expiryDay_nearTheStrike_isPinRisk() {
        let found = Self.expiring("100.5", .call, days: 0, bid: "0.05", ask: "0.10")
        #expect(found.first?.risks == [.pin])
    }

    @Test func exchange_saysWhatAssignmentTakes() throws {
        let found = try #require(Self.expiring("95", .put, days: 2, bid: "0.05", ask: "0.10").first)
        let exchange = try #require(found.exchange)
        #expect(exchange.units == 100)
        #expect(exchange.cash.amount.value == -9_500)
        #expect(exchange.cashThere.amount.value == 5_000)
        #expect(exchange.shortfall.amount.value == 4_500)
    }

    @Test func exchange_countsTheSharesThatAreThere() throws {
        let found = try #require(
            Self.expiring("95", .call, days: 2, bid: "5.05", ask: "5.10", shares: "100").first)
        let exchange = try #require(found.exchange)
        #expect(exchange.units == -100)
        #expect(exchange.unitsThere == 100)
        #expect(exchange.shortfall.amount.value == 0)
    }

    @Test(arguments: [
        ("65", FixedDecimal(35)), ("100", .zero), ("250", .zero), ("-20", FixedDecimal(100)), (nil, FixedDecimal(100)),
    ])
    func exchange_saysHowManySharesAreLacking(held: String?, short: FixedDecimal) throws {
        let found = try #require(Self.expiring("95", .call, days: 2, bid: "5.05", ask: "5.10", shares: held).first)
        #expect(found.exchange?.unitsShort == short)
    }

    @Test func aPut_lacksNoShares() {
        let found = Self.expiring("95", .put, days: 2, bid: "0.05", ask: "0.10").first
        #expect(found?.exchange?.unitsShort == .zero)
    }

    @Test func shortfall_isUnknown_withoutABalance() {
        let found = Self.expiring("95", .put, days: 2, bid: "0.05", ask: "0.10", cash: nil).first
        #expect(found?.exchange?.shortfall.amount.value == nil)
    }
}
