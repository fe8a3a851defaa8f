import PortfolioModel
import Pricing
import Risk
import Testing

struct RiskEngineTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func view_isWhatAComputationFromScratchGives_afterEachUpdate(seed: UInt64) throws {
        var random = RandomBook(seed: seed)
        let settings = RiskSettings(session: .alwaysOpen, quoteSilence: .seconds(20))
        var engine = RiskEngine(book: random.maker.book, settings: settings, now: random.maker.now)
        var (known, byParity, byFuture) = (0, 0, 0)
        for step in 1...500 {
            try engine.apply(random.update())
            if step % 7 == 0 { engine.advance(to: random.maker.now) }
            guard step % 10 == 0 else { continue }
            let scratch = RiskEngine(
                book: random.maker.book, settings: settings, now: engine.now, memory: engine.memory)
            let (kept, fresh) = (engine.view(at: engine.now), scratch.view(at: engine.now))
            #expect(Self.summary(kept) == Self.summary(fresh), "seed \(seed), step \(step)")
            #expect(Self.greeks(kept) == Self.greeks(fresh), "seed \(seed), step \(step)")
            #expect(engine.totals == scratch.totals, "seed \(seed), step \(step)")
            Self.compare(engine.totals, kept.totals)
            known += kept.positions.count { $0.moneyGreeks.value != nil }
            for case let forward? in kept.positions.map(\.modelInputs?.forward) {
                switch forward {
                case .future: byFuture += 1
                case .parity: byParity += 1
                }
            }
        }
        #expect(known > 150 && byParity > 0 && byFuture > 0)
    }

    @Test func totals_areThoseFromScratch_after100000Updates() throws {
        var random = RandomBook(seed: 77)
        let settings = RiskSettings(session: .alwaysOpen, quoteSilence: .seconds(20))
        var engine = RiskEngine(book: random.maker.book, settings: settings, now: random.maker.now)
        for round in 1...10 {
            for _ in 1...100 { try engine.apply((0..<100).map { _ in random.update() }) }
            engine.advance(to: random.maker.now)
            let scratch = RiskEngine(
                book: random.maker.book, settings: settings, now: engine.now, memory: engine.memory)
            #expect(engine.totals == scratch.totals, "round \(round)")
            Self.compare(engine.totals, engine.view(at: engine.now).totals)
        }
        #expect(engine.book.sequence > 100_000)
    }

    /// The running totals are what the view sums anew.
    private static func compare(_ live: LiveTotals, _ view: TotalsView) {
        let pairs: [(LiveTotals.Sum, MoneyTotal)] = [
            (live.marketValue, view.marketValue), (live.notional, view.notional), (live.dayPnL, view.dayPnL),
            (live.unrealizedPnL, view.unrealizedPnL), (live.realizedPnLToday, view.realizedPnLToday),
        ]
        for (ours, theirs) in pairs {
            #expect(ours.known == theirs.known)
            #expect(ours.missing == theirs.missing.count)
            #expect(ours.state == theirs.figure.amount.state)
        }
        #expect(live.greeks == view.greeks.known)
        #expect(live.missingGreeks == view.greeks.missing.count)
        #expect(live.covered == view.covered)
        #expect(live.positions == view.counts.positions)
    }

    /// Money and states in words, which compare exactly.
    private static func summary(_ view: PortfolioView) -> [String] {
        func text(_ total: MoneyTotal) -> String {
            "\(total.known) \(total.state) \(total.missing) \(total.asOf as Any)"
        }
        let totals = view.totals
        return view.positions.map {
            "\($0.partKey) \($0.mark) \($0.marketValue) \($0.dayPnL) \($0.unrealizedPnL) \($0.state) \($0.asOf)"
        }
            + view.accounts.map {
                [$0.netLiquidation, $0.cash, $0.dayPnL, $0.unrealizedPnL].map(text).joined(separator: " ")
            } + view.groups.map { "\($0.symbol) \($0.underlyingPrice) \(text($0.dayPnL)) \($0.state) \($0.missing)" }
            + [
                text(totals.netLiquidation), text(totals.cash), text(totals.marketValue), text(totals.notional),
                text(totals.dayPnL), text(totals.unrealizedPnL), text(totals.realizedPnLToday), "\(totals.counts)",
                "\(totals.greeks.missing) \(totals.greeks.state)", "\(view.sequence)", "\(view.alarms)",
            ]
    }

    /// Sums of Greeks do not depend on their order, so they too are equal to the bit.
    private static func greeks(_ view: PortfolioView) -> [Double?] {
        func list(_ greeks: MoneyGreeks) -> [Double?] {
            [greeks.dollarDelta, greeks.dollarGamma1pct, greeks.theta, greeks.vega, greeks.rho]
        }
        return list(view.totals.greeks.known) + [view.totals.covered]
            + view.accounts.flatMap { list($0.moneyGreeks.known) }
            + view.groups.flatMap { [$0.delta, $0.gamma, $0.theta, $0.vega, $0.dollarDelta] }
    }

    @Test func totals_areTheSumsOfTheirParts() throws {
        var random = RandomBook(seed: 99)
        for _ in 0..<300 { _ = random.update() }
        let view = random.maker.view()
        let values = view.positions.compactMap(\.marketValue.base.amount.value)
        #expect(try FixedDecimal.sum(values) == view.totals.marketValue.known)
        #expect(view.totals.marketValue.missing.count == view.positions.count - values.count)
        let deltas = view.positions.compactMap(\.moneyGreeks.value?.dollarDelta)
        #expect(abs(deltas.reduce(0, +) - view.totals.greeks.known.dollarDelta) < 1e-6)
        #expect(values.count > 5)
    }

    @Test func apply_refusesAGap() throws {
        let maker = BookMaker()
        var engine = RiskEngine(book: maker.book, settings: RiskSettings(), now: maker.now)
        #expect(throws: BookError.sequenceGap(expected: 2, found: 3)) {
            try engine.apply(PortfolioUpdate(sequence: 3, at: maker.now, changes: []))
        }
    }

    @Test func advance_turnsSilentQuotesStaleAndCountsDays() throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        let call = maker.option("XYZ", on: "XYZ", "100", .call)
        maker.hold(call, "1")
        maker.trade(share, "100")
        maker.quote(call, "2.95", "3.05")
        var engine = RiskEngine(book: maker.book, settings: RiskSettings(), now: maker.now)
        #expect(engine.view(at: maker.now).row(call)?.state == .confirmed)
        let later = maker.now.adding(.seconds(1200))
        #expect(engine.view(at: later).row(call)?.state == .stale)
        #expect(engine.now == maker.now)
        let tomorrow = maker.now.adding(.seconds(86_400))
        engine.advance(to: tomorrow)
        let row = try #require(engine.view(at: tomorrow).row(call))
        #expect(row.daysToExpiry == 27)
        #expect(row.state == .confirmed)
    }

    @Test func positions_areOrderedByGroupThenSharesThenExpiryStrikeRight() throws {
        var maker = BookMaker()
        let late = maker.option("AAA", on: "AAA", "90", .call, days: 60)
        let put = maker.option("AAA", on: "AAA", "100", .put)
        let call = maker.option("AAA", on: "AAA", "100", .call)
        let low = maker.option("AAA", on: "AAA", "95", .put)
        let other = maker.share("BBB")
        let share = maker.share("AAA")
        for id in [other, late, put, call, low, share] { maker.hold(id, "1") }
        #expect(maker.view().positions.map(\.instrument.id) == [share, low, call, put, late, other])
    }

    @Test func actor_passesOverWhatItKnowsAndStartsAnew() async throws {
        var maker = BookMaker()
        let risk = RiskActor(book: maker.book, settings: RiskSettings(session: .alwaysOpen), now: maker.now)
        let before = maker.book
        let share = maker.share("XYZ")
        maker.hold(share, "2")
        maker.trade(share, "100")
        await #expect(throws: BookError.self) {
            try await risk.apply([PortfolioUpdate(sequence: before.sequence + 2, at: maker.now, changes: [])])
        }
        await risk.replace(with: maker.book, now: maker.now)
        let update = maker.apply([.positionClosed(PositionKey(BookMaker.account, share))])
        #expect(await risk.view(at: maker.now).totals.marketValue.known == 200)
        try await risk.apply([update])
        try await risk.apply([update])
        #expect(await risk.sequence == maker.book.sequence)
        #expect(await risk.view(at: maker.now).positions.isEmpty)
    }
}

extension PositionView {
    fileprivate var partKey: String { "\(account.id) \(instrument.symbol)" }
}
