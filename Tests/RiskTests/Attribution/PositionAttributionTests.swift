import PortfolioModel
import Pricing
import Risk
import Testing

struct PositionAttributionTests {
    private static let key = PositionKey(BookMaker.account, InstrumentID(raw: 1))
    private static let start = Timestamp("2026-11-09T14:30:00Z") ?? Timestamp(seconds: 0)

    private func edge(
        _ hours: Int, _ quantity: String, mark: String?, spot: String? = nil, fx: String? = "1",
        kind: ValuationEdge.Kind = .open, greeks: (Double, Double, Double, Double)? = nil, volatility: Double? = nil,
        traded: String = "0", cash: String = "0", unpriced: String = "0", income: String = "0", fees: String = "0"
    ) -> ValuationEdge {
        let at = Self.start.adding(.seconds(hours * 3600))
        var edge = ValuationEdge(
            position: Self.key, at: at, kind: kind, quantity: decimal(quantity), state: .confirmed, asOf: at,
            events: EdgeEvents(
                tradedQuantity: decimal(traded), tradeCash: decimal(cash), unpricedQuantity: decimal(unpriced),
                income: decimal(income), fees: decimal(fees))
        )
        edge.mark = mark.map(decimal)
        edge.underlyingPrice = (spot ?? mark).map(decimal)
        edge.fx = fx.map(decimal)
        edge.volatility = volatility
        if let greeks { (edge.delta, edge.gamma, edge.theta, edge.vega) = greeks }
        return edge
    }

    private func share(_ currency: Currency = .usd, open: String? = nil) -> AttributionContract {
        AttributionContract(
            position: Self.key, name: "AAA", group: "AAA", currency: currency, openPrice: open.map(decimal))
    }

    private func call(days: Int = 40, dividends: [ExpectedDividend] = []) -> AttributionContract {
        AttributionContract(
            position: Self.key, name: "AAA C", group: "AAA", currency: .usd, multiplier: 100, isOption: true,
            ending: .init(right: .call, strike: 100, at: Self.start.adding(.seconds(days * 86_400))),
            dividends: dividends)
    }

    private func expect(_ terms: ProfitTerms, _ expected: [ProfitTerms.Term: String]) throws {
        for term in ProfitTerms.Term.allCases {
            #expect(terms[term] == decimal(expected[term] ?? "0"), "\(term) is \(terms[term])")
        }
    }

    @Test func share_hasPriceFxFillsAndCarry_whenItIsForeign() throws {
        let found = PositionAttribution(
            [
                edge(0, "100", mark: "20", fx: "1.10"),
                edge(2, "150", mark: "21", fx: "1.20", traded: "50", cash: "-1040", income: "30", fees: "2"),
            ], share(.eur, open: "15"))
        // 100 at 1.10; closing 2100 x 0.10; 50 bought at 20.80; 28 of carry; both at 1.20.
        try expect(found.terms, [.delta: "110", .fx: "210", .fills: "12", .carry: "33.6"])
        #expect(found.profit == decimal("365.6") && found.nativeProfit == 138)
        #expect(found.steps == 1 && found.gaps.isEmpty && found.quality == 0 && !found.isPoor)
    }

    @Test func profitBeforeTheFirstEdge_isUnknown_whenTheIntervalBeganEarlier() throws {
        let edges = [edge(0, "100", mark: "20"), edge(2, "100", mark: "21")]
        let found = PositionAttribution(edges, share(open: "15"), opening: .later)
        try expect(found.terms, [.delta: "100"])
        #expect(found.unknown == nil && found.incomplete == "what it made until \(Self.start) was not kept")
        let total = try Attribution([found], base: .usd).total()
        #expect(total.profit == nil && total.known == 100 && total.missing.map(\.name) == ["AAA"])
    }

    @Test func comingBackWithoutATrade_isAGap_alsoWhenTheQuantityIsThatOfBefore() throws {
        let dropped = [
            edge(0, "100", mark: "20"), edge(1, "0", mark: "20.5", kind: .fill),
            edge(3, "100", mark: "22", kind: .fill), edge(4, "100", mark: "21.9"),
        ]
        let found = PositionAttribution(dropped, share(), opening: .earlier)
        #expect(found.profit == 40)
        #expect(found.gaps == ["100 came without a trade where nothing was held: what it made meanwhile is not known"])
        // The fill is told after the change: nothing is unknown.
        var late = dropped
        late[1] = edge(1, "0", mark: "20.5", kind: .fill, traded: "-100", cash: "2050")
        late[3] = edge(4, "100", mark: "21.9", traded: "100", cash: "-2200")
        #expect(PositionAttribution(late, share(), opening: .earlier).gaps.isEmpty)
    }

    @Test func entry_isBeforeTracking_whenThePositionWasThereAtFirstSight() throws {
        let edges = [edge(0, "100", mark: "20", kind: .start), edge(2, "100", mark: "19", kind: .close)]
        let found = PositionAttribution(edges, share(open: "15"), opening: .here)
        try expect(found.terms, [.beforeTracking: "500", .delta: "-100"])
        let unknown = PositionAttribution(edges, share(), opening: .here)
        try expect(unknown.terms, [.delta: "-100"])
        #expect(unknown.gaps == ["what it earned before tracking is not known"])
        let fill = PositionAttribution(
            [edge(0, "100", mark: "20", kind: .fill, traded: "100", cash: "-1990", fees: "1"), edges[1]], share(),
            opening: .here)
        try expect(fill.terms, [.fills: "10", .carry: "-1", .delta: "-100"])
    }

    @Test func entry_usesThePriceThatTheFirstEdgeKept_ratherThanTodays() throws {
        var first = edge(0, "100", mark: "20", kind: .start)
        first.averageOpenPrice = decimal("12")
        let edges = [first, edge(2, "200", mark: "20", traded: "100", cash: "-1800")]
        // The average is 15 now; at first sight it was 12.
        let found = PositionAttribution(edges, share(open: "15"), opening: .here)
        try expect(found.terms, [.beforeTracking: "800", .fills: "200"])
    }

    @Test func option_isExplainedByBothEdges() throws {
        let found = PositionAttribution(
            [
                edge(0, "-2", mark: "3.00", spot: "100", greeks: (0.5, 0.04, -0.05, 0.11), volatility: 0.2),
                edge(24, "-2", mark: "4.15", spot: "102", greeks: (0.59, 0.037, -0.055, 0.11), volatility: 0.21),
            ], call())
        // -200 x ((0.5 + 0.59) / 2 x 2 - (0.04 + 0.037) / 4 x 4), and so on.
        try expect(
            found.terms,
            [.delta: "-202.6", .gamma: "-15.6", .theta: "10.5", .vega: "-22", .residual: "-0.3"])
        #expect(found.profit == -230)
        #expect(isClose(found.quality ?? 0, 0.3 / 250.7) && !found.isPoor && found.limit == 0.02)
    }

    @Test func oneEdgesGreeks_standForBoth_whenTheOtherHasNone() throws {
        let known = edge(0, "1", mark: "3.00", spot: "100", greeks: (0.5, 0.04, -0.05, 0.11), volatility: 0.2)
        let forward = PositionAttribution([known, edge(24, "1", mark: "4.03", spot: "102")], call())
        try expect(forward.terms, [.delta: "100", .gamma: "8", .theta: "-5"])
        #expect(forward.gaps == ["no volatility for 1 of 1 step(s)"])
        // Backwards from an edge at 102: 0.58 less 2 x 0.04.
        let later = edge(24, "1", mark: "4.03", spot: "102", greeks: (0.58, 0.04, -0.05, 0.11), volatility: 0.2)
        let back = PositionAttribution(
            [edge(0, "1", mark: "3.00", spot: "100", volatility: 0.2), later], call())
        try expect(back.terms, [.delta: "100", .gamma: "8", .theta: "-5"])
    }

    @Test func price_isResidualAndFlagged_whenThereAreNoGreeks() throws {
        let found = PositionAttribution(
            [edge(0, "1", mark: "3.00", spot: "100"), edge(24, "1", mark: "4.00", spot: "102")], call())
        try expect(found.terms, [.residual: "100"])
        #expect(found.quality == nil && found.isPoor && found.gaps == ["no Greeks for 1 of 1 step(s)"])
    }

    @Test func edges_arePassedOver_whenTheyHaveNoMark() throws {
        let found = PositionAttribution(
            [
                edge(0, "100", mark: "20"), edge(2, "150", mark: nil, kind: .fill, traded: "50", cash: "-1000"),
                edge(3, "150", mark: "21", fx: nil), edge(4, "150", mark: "22"),
            ], share())
        try expect(found.terms, [.delta: "200", .fills: "100"])
        #expect(found.gaps == ["2 edge(s) without a mark or a rate"] && found.steps == 1)
    }

    @Test func quantity_comesAtItsMark_whenNobodyTradedIt() throws {
        let found = PositionAttribution([edge(0, "100", mark: "20"), edge(2, "130", mark: "21")], share())
        try expect(found.terms, [.delta: "100"])
        #expect(found.gaps == ["quantity changed by 30 without a trade"])
    }

    @Test func future_hasItsGainInCash_andNoIncome() throws {
        let contract = AttributionContract(
            position: Self.key, name: "/ES", group: "/ES", currency: .usd, multiplier: 50, isFuture: true)
        let found = PositionAttribution(
            [
                edge(0, "1", mark: "6000", fx: "80"),
                // Ten points of variation are paid, and no income.
                edge(2, "1", mark: "6010", fx: "81", income: "500", fees: "1"),
                edge(3, "3", mark: "6005", fx: "81", kind: .fill, traded: "2", unpriced: "2"),
            ], contract)
        try expect(found.terms, [.delta: "19750", .fx: "500", .carry: "-81"])
        #expect(found.nativeProfit == 249)
        #expect(found.gaps == ["a future's fill without a price counts as made at its mark"])
        let priced = PositionAttribution(
            [edge(0, "1", mark: "6000"), edge(2, "3", mark: "6005", traded: "2", cash: "-600100")], contract)
        try expect(priced.terms, [.delta: "250", .fills: "400"])
        // One of the two without a price: the other's gain is still its own.
        let half = PositionAttribution(
            [edge(0, "1", mark: "6000"), edge(2, "3", mark: "6005", traded: "2", cash: "-300050", unpriced: "1")],
            contract)
        try expect(half.terms, [.delta: "250", .fills: "200"])
        #expect(half.gaps == ["a future's fill without a price counts as made at its mark"])
    }

    @Test(
        arguments: [
            // The mark after the end; none, but a price; neither.
            ("2.00", "102"), (nil, "102"), (nil, nil),
        ] as [(String?, String?)])
    func assignment_isAmongTheFills_whateverTheLastEdgeSays(mark: String?, spot: String?) throws {
        let before = edge(0, "-1", mark: "2.00", spot: "102", greeks: (0, 0, 0, 0), volatility: 0.2)
        var after = edge(20, "0", mark: mark, kind: .fill, traded: "1", cash: "0")
        after.underlyingPrice = spot.map(decimal)
        let found = PositionAttribution([before, after], call())
        try expect(found.terms, [.fills: "200"])
    }

    @Test func option_losesNothingOnTheExDate_whenItWasExpected() throws {
        let dividend = ExpectedDividend(
            exDate: CalendarDate(year: 2026, month: 11, day: 10) ?? BookMaker.today, amount: 0.5, source: "test")
        let edges = [
            edge(0, "1", mark: "3", spot: "100", greeks: (0.5, 0, 0, 0), volatility: 0.2),
            edge(24, "1", mark: "3.05", spot: "99.6", greeks: (0.5, 0, 0, 0), volatility: 0.2),
        ]
        let found = PositionAttribution(edges, call(dividends: [dividend]))
        try expect(found.terms, [.delta: "-20", .carry: "25"])
        try expect(PositionAttribution(edges, call()).terms, [.delta: "-20", .residual: "25"])
    }

    @Test func rates_makeRho_whenTheyChange() throws {
        var contract = call()
        contract.rates = [
            .init(from: Timestamp(seconds: 0), rate: 0.04),
            .init(from: Self.start.adding(.seconds(3600)), rate: 0.0425),
        ]
        var edges = [
            edge(0, "1", mark: "3", spot: "100", greeks: (0.5, 0, 0, 0), volatility: 0.2),
            edge(24, "1", mark: "3.01", spot: "100", greeks: (0.5, 0, 0, 0), volatility: 0.2),
        ]
        (edges[0].rho, edges[1].rho) = (0.04, 0.05)
        try expect(PositionAttribution(edges, contract).terms, [.rho: "1.125", .residual: "-0.125"])
    }

    @Test func limit_weighsTheSteps_whenExpiryComesNear() throws {
        var contract = call(days: 6)
        contract.model = nil
        let edges = [0, 24, 48].map {
            edge($0, "1", mark: "3", spot: "100", greeks: (0.5, 0.04, -0.1, 0.1), volatility: 0.2)
        }
        let found = PositionAttribution(edges, contract)
        try expect(found.terms, [.theta: "-20", .residual: "20"])
        #expect(isClose(found.limit ?? 0, 0.06) && found.isPoor && found.modelSteps == 0)
        contract.model = OptionModel(right: .call, underlyingPrice: 1, strike: 100, years: 1, rate: 0.04)
        #expect(PositionAttribution(edges, contract).modelSteps == 1)
    }

    @Test func result_isUnknown_whenThereIsNothingToCompare() throws {
        #expect(PositionAttribution([], share()).unknown == "no edges in the interval")
        #expect(PositionAttribution([edge(0, "1", mark: nil)], share()).unknown == "no edge with a mark and a rate")
        #expect(PositionAttribution([edge(0, "1", mark: "3")], share()).unknown == "only one edge in the interval")
        let huge = PositionAttribution(
            [edge(0, "100000000000000000000", mark: "1"), edge(1, "100000000000000000000", mark: "100")], share())
        #expect(huge.unknown == "amount out of range")
        let total = try Attribution([huge, PositionAttribution([], share())], base: .usd).total()
        #expect(total.profit == nil && total.known == .zero && total.missing.map(\.name) == ["AAA", "AAA"])
    }

    @Test func contract_isReadFromTheMaster() throws {
        var maker = BookMaker()
        let id = maker.option("ABC1", on: "ABC", "5", .call, delivers: [Deliverable(symbol: "ABC", amount: 10)])
        let instrument = maker.book.master[id]
        let found = AttributionContract(
            PositionKey(BookMaker.account, id), name: "ABC1", instrument: instrument, underlying: nil,
            assumptions: ModelAssumptions(yields: ["ABC": 0.01]))
        #expect(found.multiplier == 100 && found.units == 10 && found.isOption && found.group == "ABC")
        // Ten shares of ABC for 500 are one for 50.
        #expect(found.ending?.strike == 50 && found.ending?.right == .call)
        #expect(found.model?.strike == 5 && found.model?.yield == 0.01)
        let expiry = try #require(instrument.contract?.expiry)
        #expect(found.ending?.at == ExpiryCutoff.unitedStates.instant(expiry))
    }
}
