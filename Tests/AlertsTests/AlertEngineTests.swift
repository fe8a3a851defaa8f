import Alerts
import PortfolioModel
import Risk
import Testing

struct AlertEngineTests {
    private static let start = Timestamp(seconds: 1_800_000_000)

    /// A view whose day P&L is so much; nil leaves it unknown.
    private static func view(
        _ dayPnL: String?, after seconds: Int, state: FigureState = .confirmed, brokers: [BrokerStatus] = [],
        stale: Int = 0
    ) throws -> PortfolioView {
        var day = MoneyTotal(.usd)
        let figure: Figure<FixedDecimal> =
            if let dayPnL {
                .known(try FixedDecimal(dayPnL), state, asOf: start, source: "test")
            } else {
                .unknown("no prior settlement")
            }
        try day.add(MoneyFigure(figure, .usd), named: "part")
        var net = MoneyTotal(.usd)
        try net.add(MoneyFigure(.confirmed(10_000, asOf: start, source: "test"), .usd), named: "all")
        let none = MoneyTotal(.usd)
        let totals = TotalsView(
            netLiquidation: net, cash: none, marketValue: none, notional: none, dayPnL: day, unrealizedPnL: none,
            realizedPnLToday: none, greeks: GreeksTotal(known: .zero, missing: [], state: .confirmed),
            counts: StateCounts(positions: 3, confirmed: 3 - stale, stale: stale, unknown: 0))
        return PortfolioView(
            sequence: 1, at: start.adding(.seconds(seconds)), base: .usd, positions: [], accounts: [], groups: [],
            totals: totals, brokers: brokers, rates: [], balances: [], accountsByID: [:], alarms: [])
    }

    private static func rule(
        _ metric: String = "dayPnL", scope: String = "portfolio", above: String? = nil, below: String? = nil,
        for duration: String? = nil, clear: String? = nil
    ) throws -> AlertRule {
        try AlertRule(
            name: "rule", metric: metric, scope: scope, above: above, below: below, for: duration, clear: clear)
    }

    @Test func raisedAlerts_areToldInWords_untilTheyClear() throws {
        var engine = AlertEngine(rules: [try Self.rule(below: "-100", clear: "-50")])
        #expect(engine.raisedTexts.isEmpty)
        _ = engine.evaluate(try Self.view("-200", after: 0))
        #expect(engine.raisedTexts == ["alert rule: portfolio dayPnL below -100"])
        _ = engine.evaluate(try Self.view(nil, after: 1))
        #expect(engine.raisedTexts.count == 1)
        _ = engine.evaluate(try Self.view("-40", after: 2))
        #expect(engine.raisedTexts.isEmpty)
    }

    struct Step: Sendable {
        var at: Int
        var value: String?
        var state: FigureState = .confirmed
        var expect: AlertTransition.Kind?
    }

    struct Story: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var duration: String?
        var clear: String?
        var steps: [Step]
    }

    @Test(arguments: [
        Story(
            testDescription: "at once, clears at the threshold",
            steps: [
                Step(at: 0, value: "-100"), Step(at: 1, value: "-100.01", expect: .raised), Step(at: 2, value: "-500"),
                Step(at: 3, value: "-100", expect: .cleared), Step(at: 4, value: "-101", expect: .raised),
            ]),
        Story(
            testDescription: "for 30 s without a break", duration: "30s",
            steps: [
                Step(at: 0, value: "-200"), Step(at: 29, value: "-200"), Step(at: 29, value: "-50"),
                Step(at: 31, value: "-200"), Step(at: 60, value: "-200"), Step(at: 61, value: "-200", expect: .raised),
                Step(at: 62, value: "-99", expect: .cleared),
            ]),
        Story(
            testDescription: "clock set back by an hour, then forth", duration: "30s",
            steps: [
                Step(at: 0, value: "-200"), Step(at: -3590, value: "-200"), Step(at: -3561, value: "-200"),
                Step(at: -3560, value: "-200", expect: .raised), Step(at: -3559, value: "-200"),
                Step(at: 45, value: "-200"), Step(at: -3550, value: "-200"), Step(at: 50, value: "-200"),
                Step(at: 51, value: "-99", expect: .cleared),
            ]),
        Story(
            testDescription: "hysteresis", clear: "-50",
            steps: [
                Step(at: 0, value: "-101", expect: .raised), Step(at: 1, value: "-99"), Step(at: 2, value: "-101"),
                Step(at: 3, value: "-51"), Step(at: 4, value: "-50", expect: .cleared), Step(at: 5, value: "-99"),
            ]),
        Story(
            testDescription: "unknown and stale hold", duration: "10s",
            steps: [
                Step(at: 0, value: "-200", state: .stale), Step(at: 20, value: nil), Step(at: 30, value: "-200"),
                Step(at: 35, value: nil), Step(at: 39, value: "0", state: .stale),
                Step(at: 40, value: "-200", expect: .raised), Step(at: 41, value: nil),
                Step(at: 42, value: "0", state: .stale), Step(at: 43, value: "0", expect: .cleared),
            ]),
    ])
    func evaluate_tellsTheStory(_ story: Story) throws {
        var engine = AlertEngine(rules: [try Self.rule(below: "-100", for: story.duration, clear: story.clear)])
        for step in story.steps {
            let transitions = engine.evaluate(try Self.view(step.value, after: step.at, state: step.state))
            #expect(transitions.map(\.kind) == (step.expect.map { [$0] } ?? []), "at \(step.at)")
        }
    }

    /// An hour around the threshold, from side to side every two seconds.
    @Test(arguments: [(nil, nil, 900), ("30s", nil, 0), (nil, "-50", 1)] as [(String?, String?, Int)])
    func sawtooth_isTamed_byDurationOrClearance(duration: String?, clear: String?, expected: Int) throws {
        var engine = AlertEngine(rules: [try Self.rule(below: "-100", for: duration, clear: clear)])
        var raised = 0
        for second in 0..<3600 {
            let transitions = engine.evaluate(try Self.view(second % 4 < 2 ? "-99" : "-101", after: second))
            raised += transitions.count { $0.kind == .raised }
        }
        #expect(raised == expected)
        print("row 49: an hour of flapping, for \(duration ?? "-"), clear \(clear ?? "-"): raised \(raised) times")
    }

    @Test func states_carryOverARestart() throws {
        let rule = try Self.rule(below: "-100", for: "30s")
        var first = AlertEngine(rules: [rule])
        _ = first.evaluate(try Self.view("-200", after: 0))
        var second = AlertEngine(rules: [rule], states: first.states)
        #expect(second.evaluate(try Self.view("-200", after: 30)).map(\.kind) == [.raised])
        var third = AlertEngine(rules: [rule], states: second.states)
        #expect(third.raised == ["rule|portfolio|"])
        #expect(third.evaluate(try Self.view("-200", after: 40)).isEmpty)
        #expect(third.evaluate(try Self.view("0", after: 50)).map(\.kind) == [.cleared])
        #expect(AlertEngine(rules: [], states: second.states).states.isEmpty)
    }

    @Test func percent_isOfTheValueBeforeTheDay() throws {
        var engine = AlertEngine(rules: [try Self.rule("dayPnLPercent", above: "24.9")])
        let transitions = engine.evaluate(try Self.view("2000", after: 0))
        #expect(transitions.map(\.value) == [25])
    }

    @Test func staleCount_countsPositions() throws {
        var engine = AlertEngine(rules: [try Self.rule("staleCount", above: "0", for: "60s")])
        #expect(engine.evaluate(try Self.view("0", after: 0, stale: 2)).isEmpty)
        #expect(engine.evaluate(try Self.view("0", after: 60, stale: 2)).map(\.value) == [2])
    }

    @Test func brokerAge_countsFromTheLossOfHealth() throws {
        let rule = try Self.rule("brokerUnhealthyAge", scope: "broker:tastytrade", above: "120")
        var engine = AlertEngine(rules: [rule])
        func look(_ state: BrokerState, _ seconds: Int) throws -> [AlertTransition.Kind] {
            let status = BrokerStatus(broker: BrokerID("tastytrade"), state: state, since: Self.start)
            return engine.evaluate(try Self.view("0", after: seconds, brokers: [status])).map(\.kind)
        }
        #expect(try look(.live, 500).isEmpty)
        #expect(try look(.degraded, 120).isEmpty)
        #expect(try look(.needsLogin, 121) == [.raised])
        #expect(try look(.live, 122) == [.cleared])
    }

    @Test func actor_deliversToEverySink() async throws {
        let sink = CountingSink()
        let engine = AlertEngine(rules: [try Self.rule(below: "-100")])
        let actor = AlertActor(engine: engine, sinks: [sink, sink])
        await actor.evaluate(try Self.view("-200", after: 0))
        await actor.evaluate(try Self.view("-200", after: 1))
        #expect(
            await sink.lines == Array(repeating: "raised: rule: portfolio dayPnL -200, limit below -100", count: 2))
        #expect(await actor.raised == ["rule|portfolio|"])
    }
}

private actor CountingSink: AlertSink {
    private(set) var lines: [String] = []

    func deliver(_ transitions: [AlertTransition]) async { lines += transitions.map(\.description) }
}
