import PortfolioModel
import Risk
import Testing

struct BreakdownTests {
    private static let other = AccountID("fidelity-1")

    /// 100 SPY and -2 SPY puts at one broker, 50 SPY and 10 QQQ at another.
    private static func book() -> BookMaker {
        var maker = BookMaker()
        maker.add(
            Account(id: other, key: AccountKey(BrokerID("fidelity"), "X1"), state: .confirmed, asOf: maker.now))
        let (spy, qqq) = (maker.share("SPY"), maker.share("QQQ"))
        let put = maker.option("SPY", on: "SPY", "570", .put)
        maker.hold(spy, "100", at: "580")
        maker.hold(put, "-2", at: "7.47")
        maker.hold(spy, "50", at: "590", in: other)
        maker.hold(qqq, "10", at: "500", in: other)
        maker.trade(spy, "600", previous: "597")
        maker.trade(qqq, "500", previous: "505")
        maker.quote(put, "5.00", "5.10")
        maker.greeks(put, -0.20, 0.010, -0.15, 0.50)
        return maker
    }

    private static let weighting = BetaWeighting(
        index: "SPY", price: .confirmed(600, asOf: nil, source: "test"),
        betas: ["QQQ": .confirmed(1.2, asOf: nil, source: "test")])

    private static func breakdown(_ dimension: BreakdownDimension, _ maker: BookMaker = book()) -> [BreakdownRow] {
        Breakdown(
            maker.view().positions, by: dimension, base: .usd,
            labels: BreakdownLabels(portfolios: [other: ["family", "old age"]], sectors: ["QQQ": "Technology"]),
            weighting: weighting
        ).rows
    }

    @Test(arguments: [
        (BreakdownDimension.underlying, ["QQQ", "SPY"], [5_000.0, 114_000]),
        (.account, ["fidelity-1", "tastytrade-1"], [35_000, 84_000]),
        (.broker, ["fidelity", "tastytrade"], [35_000, 84_000]),
        (.currency, ["USD"], [119_000]),
        (.assetClass, ["equity"], [119_000]),
        (.sector, ["Technology", "none"], [5_000, 114_000]),
        (.portfolio, ["family", "none", "old age"], [35_000, 84_000, 35_000]),
        (.expiry, ["8-30 days", "no expiry"], [24_000, 95_000]),
        (.total, ["total"], [119_000]),
    ])
    func rows_haveTheNetExposureOfTheirPositions(_ dimension: BreakdownDimension, _ labels: [String], _ net: [Double]) {
        let rows = Self.breakdown(dimension)
        #expect(rows.map(\.label) == labels)
        for (row, expected) in zip(rows, net) { #expect(abs(row.exposure.net - expected) < 1e-6) }
    }

    @Test func betaWeighted_restatesInSharesOfTheIndex() throws {
        let rows = Self.breakdown(.underlying)
        let qqq = try #require(rows.first?.betaWeighted.value)
        // 1.2 x 10 x 500 / 600.
        #expect(abs(qqq.delta - 10) < 1e-9)
        let spy = try #require(rows.last?.betaWeighted.value)
        #expect(abs(spy.delta - 190) < 1e-9)
        // Position gamma -2 x 0.010 x 100, and a factor of 1.
        #expect(abs(spy.gamma - -2) < 1e-9)
    }

    @Test func betaWeighted_namesTheMissingPart_withoutABeta() {
        let bare = BetaWeighting(index: "SPY", price: Self.weighting.price)
        let rows = Breakdown(
            Self.book().view().positions, by: .total, base: .usd, labels: BreakdownLabels(), weighting: bare
        ).rows
        #expect(rows.first?.betaWeighted.value == nil)
        #expect(rows.first?.betaWeighted.missing == ["fidelity-1 QQQ"])
        #expect(rows.first.map { abs($0.betaWeighted.known.delta - 190) < 1e-9 } == true)
    }

    @Test func delta_isKnownInsideOneUnderlyingOnly() {
        let rows = Self.breakdown(.underlying)
        #expect(rows.map(\.delta) == [10, 190])
        #expect(Self.breakdown(.total).first?.delta == nil)
    }

    @Test func exposure_namesWhatItLacks_whenAPriceIsUnknown() {
        var maker = Self.book()
        maker.hold(maker.share("DARK"), "10")
        let total = Self.breakdown(.total, maker).first
        #expect(total?.exposure.knownNet == nil)
        #expect(total?.exposure.missing == ["tastytrade-1 DARK"])
        #expect(total.map { abs($0.exposure.net - 119_000) < 1e-6 } == true)
    }

    @Test func dimensions_sumToTheSameTotal() {
        let whole = Self.breakdown(.total).first?.exposure
        for dimension in BreakdownDimension.allCases where dimension != .portfolio {
            let rows = Self.breakdown(dimension)
            #expect(abs(rows.reduce(0) { $0 + $1.exposure.net } - (whole?.net ?? .nan)) < 1e-6, "\(dimension)")
            #expect(abs(rows.reduce(0) { $0 + $1.exposure.gross } - (whole?.gross ?? .nan)) < 1e-6, "\(dimension)")
        }
    }

    /// Shares of an index are shares of it, in whatever currency the book is reported.
    @Test(arguments: ["EUR", "INR"])
    func betaWeightedDelta_isTheSame_inEachReportingCurrency(code: String) throws {
        var maker = BookMaker()
        let reporting = try #require(Currency(code))
        maker.apply([
            .rate(FXRate(base: .usd, quote: reporting, rate: decimal("1.25"), asOf: maker.now, source: "test"))
        ])
        maker.trade(maker.share("SPY"), "600")
        let share = maker.share("ABC")
        maker.trade(share, "300")
        maker.hold(share, "100")
        let engine = RiskEngine(book: maker.book, settings: RiskSettings(session: .alwaysOpen), now: maker.now)
        func delta(_ engine: RiskEngine) -> Double? {
            let weighting = BetaWeighting(
                index: "SPY", price: engine.basePrice(of: "SPY"),
                betas: ["ABC": .confirmed(1.2, asOf: nil, source: "test")])
            return ExposureReport(
                engine.view(at: maker.now), by: [], labels: BreakdownLabels(), weighting: weighting
            ).betaWeighted.value?.delta
        }
        let own = try #require(delta(engine))
        let restated = try #require(delta(engine.restated(maker.book.reported(in: reporting), at: maker.now)))
        #expect(abs(own - 60) < 1e-9 && abs(restated - 60) < 1e-6)
    }
}
