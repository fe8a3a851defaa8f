import PortfolioModel
import Pricing
import Risk
import Testing

/// Options on an index at 100 with 28 days to go, priced on a forward of 101.5 at a volatility of 0.2 and quoted a cent
/// to either side. The assumed yield makes a forward of some 100.2.
struct ParityForwardGreeksTests {
    private static let forward = 101.5
    private static let settings = RiskSettings(
        session: .alwaysOpen, model: ModelAssumptions(rate: 0.04, yields: ["XYZ": 0.012]))

    /// A strip of calls and puts, of which the call at 100 is held.
    private struct World {
        var maker = BookMaker()
        let index: InstrumentID
        private(set) var options: [Option: InstrumentID] = [:]

        struct Option: Hashable {
            var strike: Int
            var right: OptionRight
        }

        var held: InstrumentID { self[100, .call] }

        init(_ strikes: [Int], kind: InstrumentKind = .indexOption, root: String = "XYZ") {
            index = maker.share("XYZ", kind: kind == .indexOption ? .index : .equity)
            for strike in strikes {
                add(strike, .call, kind, root)
                add(strike, .put, kind, root)
            }
            maker.trade(index, "100")
            maker.hold(held, "1")
        }

        subscript(strike: Int, right: OptionRight) -> InstrumentID {
            options[Option(strike: strike, right: right)] ?? index
        }

        mutating func add(
            _ strike: Int, _ right: OptionRight, _ kind: InstrumentKind = .indexOption, _ root: String = "XYZ"
        ) {
            let id = maker.option(root, on: "XYZ", "\(strike)", right, kind: kind)
            options[Option(strike: strike, right: right)] = id
            quote(strike, right)
        }

        /// As the forward has it, with `shift` on the price.
        mutating func quote(_ strike: Int, _ right: OptionRight, shift: Double = 0) {
            let model = OptionModel(
                right: right, underlyingPrice: ParityForwardGreeksTests.forward, strike: Double(strike),
                years: 28.04 / 365, rate: 0.04, isOnFuture: true)
            let cents = Int(((model.price(volatility: 0.2) + shift) * 100).rounded())
            let prices = [cents - 1, cents + 1].map { FixedDecimal(raw64: Int64($0) * 1_000_000).description }
            maker.quote(self[strike, right], prices[0], prices[1])
        }

        func row() throws -> PositionView {
            try #require(maker.view(ParityForwardGreeksTests.settings).row(held))
        }

        func engine() -> RiskEngine {
            RiskEngine(book: maker.book, settings: ParityForwardGreeksTests.settings, now: maker.now)
        }
    }

    @Test func greeks_areBlack76sOnTheForward_restatedToTheSpot() throws {
        let row = try World([95, 100, 105]).row()
        let (inputs, unit) = (try #require(row.modelInputs), try #require(row.unitGreeks.value))
        let implied = try #require(inputs.forward?.estimate)
        #expect(row.unitGreeks.source == "model" && row.unitGreeks.state == .confirmed)
        #expect(abs(implied.forward - Self.forward) < 0.02 && implied.strikes.count == 3)
        #expect(abs(inputs.volatility - 0.2) < 0.002)

        let onForward = OptionModel(
            right: .call, underlyingPrice: implied.forward, strike: 100, years: inputs.years, rate: inputs.rate,
            isOnFuture: true
        ).valuation(volatility: inputs.volatility)
        let ratio = implied.forward / 100
        #expect(abs(onForward.price - (row.mark.value.value?.doubleValue ?? 0)) < 1e-7)
        #expect(abs(onForward.delta * ratio - unit.delta) < 1e-12)
        #expect(abs(onForward.gamma * ratio * ratio - unit.gamma) < 1e-12)
        #expect(abs(onForward.vega - unit.vega) < 1e-12)

        let fromSpot = OptionModel(
            right: .call, underlyingPrice: 100, strike: 100, years: inputs.years, rate: inputs.rate,
            yield: inputs.yield
        ).valuation(volatility: inputs.volatility)
        #expect(fromSpot.delta == unit.delta && fromSpot.theta == unit.theta && fromSpot.rho == unit.rho)
    }

    /// Calls and puts of one strike have one volatility on the forward; on the assumed one they are far apart.
    @Test func volatilities_ofCallAndPut_areOne() throws {
        var world = World([100])
        world.maker.hold(world[100, .put], "1")
        let view = world.maker.view(Self.settings)
        let both = [OptionRight.call, .put].compactMap { view.row(world[100, $0])?.impliedVolatility.value }
        #expect(both.count == 2 && abs(both[0] - both[1]) < 1e-9)
        world.maker.quote(world[100, .put], nil, nil)
        let alone = try #require(world.row().impliedVolatility.value)
        #expect(alone - both[0] > 0.02)
    }

    enum Flaw: CaseIterable { case absent, crossed, withoutBid, wide, silent }

    @Test(arguments: Flaw.allCases)
    func forward_isTheAssumed_whenAPutIs(_ flaw: Flaw) throws {
        var world = World([100])
        let put = world[100, .put]
        #expect(try world.row().modelInputs?.forward != nil)
        switch flaw {
        case .absent: world.maker.quote(put, nil, nil)
        case .crossed: world.maker.quote(put, "1.70", "1.50")
        case .withoutBid: world.maker.quote(put, "0", "0.10")
        case .wide: world.maker.quote(put, "1", "2.20")
        case .silent:
            world.maker.now = world.maker.now.adding(.seconds(1200))
            world.maker.trade(world.index, "100")
            world.quote(100, .call)
        }
        let inputs = try #require(world.row().modelInputs)
        #expect(inputs.forward == nil && inputs.yield == 0.012 && inputs.formula == .blackScholesMerton)
    }

    @Test func asOf_isTheOldestQuotes() throws {
        var world = World([100])
        let first = world.maker.now
        world.maker.now = first.adding(.seconds(60))
        world.maker.trade(world.index, "100")
        world.quote(100, .call)
        #expect(try world.row().unitGreeks.asOf == first)
    }

    @Test func forward_isOfEuropeanIndexOptionsAlone() throws {
        #expect(try World([95, 100], kind: .equityOption).row().modelInputs?.forward == nil)
        #expect(try World([95, 100], root: "OEX").row().modelInputs?.forward == nil)
    }

    @Test func forward_isOfTheOptionsOwnRoot() throws {
        var world = World([100])
        world.maker.quote(world[100, .put], nil, nil)
        let other = [OptionRight.call, .put].map {
            world.maker.option("XYZW", on: "XYZ", "100", $0, kind: .indexOption)
        }
        for id in other { world.maker.quote(id, "2", "2.02") }
        #expect(try world.row().modelInputs?.forward == nil)
    }

    /// One strike that is off is left out; two that contradict each other give none.
    @Test func forward_isRobust_againstAQuoteThatIsOff() throws {
        var world = World([95, 100, 105])
        world.quote(105, .put, shift: 1)
        let kept = try #require(world.row().modelInputs?.forward?.estimate)
        #expect(kept.strikes.count == 2 && abs(kept.forward - Self.forward) < 0.02)
        world.quote(95, .put, shift: -0.3)
        #expect(try world.row().modelInputs?.forward == nil)
    }

    /// Quotes of options nobody holds move what rests on them, as a computation from scratch would.
    @Test func totals_followQuotesOfTheStrip_held_orNot() throws {
        var world = World([95, 100, 105])
        var engine = world.engine()
        var seen: [Double] = [engine.totals.greeks.dollarDelta]
        let steps: [(inout World) -> Void] = [
            { $0.quote(95, .put, shift: -0.04) },
            { $0.maker.quote($0[105, .call], "3", "1") },
            { $0.maker.quote($0[95, .call], nil, nil) },
            { $0.maker.quote($0[100, .put], nil, nil) },
            { $0.add(110, .call) },
            { $0.add(110, .put) },
        ]
        for step in steps {
            let before = world.maker.book
            step(&world)
            // The maker's book took several numbered updates; the engine takes the same changes.
            for update in changes(from: before, to: world.maker.book) { try engine.apply(update) }
            let scratch = RiskEngine(
                book: world.maker.book, settings: Self.settings, now: engine.now, memory: engine.memory)
            #expect(engine.totals == scratch.totals)
            seen.append(engine.totals.greeks.dollarDelta)
        }
        #expect(Set(seen).count >= 4)
    }

    /// Prices that are supposed for legs do not make a forward.
    @Test func hypotheticalPrices_giveNoForward() throws {
        let world = World([100])
        let real = try #require(world.row().modelInputs?.forward)
        let legs = try ["-1 XYZ 2026-12-18 104 C @9", "-1 XYZ 2026-12-18 104 P @1"].map {
            try HypotheticalLeg($0)
        }
        let view = try WhatIf(legs, on: world.engine()).engine.view(at: world.maker.now)
        #expect(try #require(view.row(world.held)).modelInputs?.forward == real)
    }
}

/// What an engine is told that stands at one book and is to reach another of the same master, or one with more rows.
private func changes(from old: Book, to new: Book) -> [PortfolioUpdate] {
    let rows = new.master.instruments.dropFirst(old.master.instruments.count).map { BookChange.instrument($0) }
    let markets = new.master.instruments.filter { new.markets[$0.id] != old.markets[$0.id] }.map {
        BookChange.marketRestored($0.id, new.markets[$0.id])
    }
    let all = rows + markets
    let count = Int(new.sequence - old.sequence)
    return (1...count).map { number in
        PortfolioUpdate(
            sequence: old.sequence + UInt64(number), at: new.updatedAt ?? BookMaker.open,
            changes: number == 1 ? all : [])
    }
}

extension ModelForward {
    fileprivate var estimate: ParityForward.Estimate? {
        if case .parity(let estimate) = self { return estimate }
        return nil
    }
}
