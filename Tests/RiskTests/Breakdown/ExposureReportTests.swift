import PortfolioModel
import Risk
import Testing

struct ExposureReportTests {
    private static func report(_ maker: BookMaker) -> ExposureReport {
        ExposureReport(
            maker.view(), by: [.underlying], labels: BreakdownLabels(),
            weighting: BetaWeighting(index: "SPY", price: .unknown("none")))
    }

    private static func maker() -> BookMaker {
        var maker = BookMaker()
        maker.apply([
            .rate(FXRate(base: .usd, quote: .inr, rate: decimal("80"), asOf: maker.now, source: "test")),
            .balance(Balance(key: .init(BookMaker.account, .usd), cash: decimal("-20000"), asOf: maker.now)),
            .balance(Balance(key: .init(BookMaker.account, .inr), cash: decimal("160000"), asOf: maker.now)),
            .figures(
                AccountFigures(
                    account: BookMaker.account, netLiquidation: decimal("44000"),
                    derivativeBuyingPower: decimal("30000"), usedDerivativeBuyingPower: decimal("10000"),
                    initialMargin: decimal("12000"), maintenanceMargin: decimal("11000"), asOf: maker.now)),
        ])
        maker.hold(maker.share("SPY"), "100")
        maker.hold(maker.share("ABC"), "-100")
        maker.hold(maker.share("INFY", currency: .inr), "80")
        maker.trade(InstrumentID(raw: 1), "600")
        maker.trade(InstrumentID(raw: 2), "10")
        maker.trade(InstrumentID(raw: 3), "1000")
        return maker
    }

    @Test func total_isLongShortNetAndGross() {
        let report = Self.report(Self.maker())
        #expect(report.total.long == 61_000)
        #expect(report.total.short == -1_000)
        #expect(report.total.net == 60_000)
        #expect(report.total.gross == 62_000)
        // 60,000 - 1,000 + 1,000 - 20,000 + 2,000.
        #expect(report.netLiquidation.figure.amount.value == 42_000)
        #expect(report.leverage.value.map { abs($0 - 62.0 / 42) < 1e-12 } == true)
    }

    @Test func concentration_ordersByShare() {
        let concentration = Self.report(Self.maker()).concentration
        #expect(concentration.shares.map(\.underlying) == ["SPY", "ABC", "INFY"])
        #expect(abs((concentration.shares.first?.share ?? 0) - 60.0 / 62) < 1e-12)
        #expect(abs((concentration.herfindahl ?? 0) - (3600.0 + 1 + 1) / 3844) < 1e-12)
    }

    @Test func currencies_haveValueAndCash() throws {
        let rows = Self.report(Self.maker()).currencies
        #expect(rows.map(\.currency) == [.inr, .usd])
        let rupee = try #require(rows.first)
        #expect(rupee.native.figure.amount.value == 240_000)
        #expect(rupee.base.figure.amount.value == 3_000)
        #expect(rows.last?.base.figure.amount.value == 39_000)
    }

    @Test func capital_isUsedByTheBrokersFigures() {
        let use = Self.report(Self.maker()).accounts.first
        #expect(use?.utilisationPercent.value == 25)
        #expect(use?.marginUsedPercent.value == 25)
    }

    @Test func leverage_isUnknown_withoutAPrice() {
        var maker = Self.maker()
        maker.hold(maker.share("DARK"), "1")
        #expect(Self.report(maker).leverage.value == nil)
    }

    /// Shares of an exposure that is partly unknown would be of the rest alone.
    @Test func shares_areUnknownWithReason_whileAPartIs() {
        var maker = Self.maker()
        maker.hold(maker.share("DARK"), "1")
        let report = Self.report(maker)
        let concentration = report.concentration
        #expect(concentration.shares.map(\.underlying) == ["SPY", "ABC", "INFY", "DARK"])
        #expect(concentration.shares.map(\.exposure) == [60_000, 1_000, 1_000, nil])
        #expect(concentration.shares.allSatisfy { $0.share == nil } && concentration.herfindahl == nil)
        #expect(concentration.reason == "exposure of tastytrade-1 DARK unknown")
        let breakdown = report.breakdowns.first
        #expect(breakdown?.rows.contains { breakdown?.share(of: $0) != nil } == false)
        #expect(breakdown?.obstacleToShares == concentration.reason)
    }

    @Test func shares_sumToOne_whenAllIsKnown() {
        let breakdown = Self.report(Self.maker()).breakdowns.first
        let shares = breakdown?.rows.compactMap { breakdown?.share(of: $0) } ?? []
        #expect(shares.count == 3 && abs(shares.reduce(0, +) - 1) < 1e-12)
        #expect(breakdown?.obstacleToShares == nil)
    }
}
