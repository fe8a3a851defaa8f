import BrokerKit
import Logging
import PortfolioModel
import Supervision
import Testing

struct BrokerChildTests {
    private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    @Test func failingBroker_isRestartedFiveTimes_thenHeld_othersUntouched() async throws {
        let clock = StillClock()
        let failing = ScriptedBroker(acme) { _ in throw BrokerError(.retryable, code: "x", "broken") }
        let supervisor = supervisor([failing, ScriptedBroker(papers)], clock: clock)
        await supervisor.receive([.snapshot(snapshot("P1", [venuePosition("SPY", 1)]))], from: papers)
        await BrokerChild(failing, supervisor: supervisor, clock: clock, seed: 1, logger: logger).run()
        #expect(await failing.runs == 6)
        print("row 52: \(await failing.runs - 1) restarts, then held")
        let book = await supervisor.book
        #expect(book.brokers[acme]?.state == .held)
        #expect(book.accounts[AccountID("papers-1")]?.state == .confirmed)
    }

    @Test func permanentFailure_isHeldAtOnce() async throws {
        let clock = StillClock()
        let failing = ScriptedBroker(acme) { _ in throw BrokerError(.permanent, code: "x", "no such account") }
        let supervisor = supervisor([failing], clock: clock)
        await BrokerChild(failing, supervisor: supervisor, clock: clock, seed: 1, logger: logger).run()
        #expect(await failing.runs == 1)
        #expect(await supervisor.book.brokers[acme]?.state == .held)
    }

    @Test func brokerThatReturns_isStopped() async throws {
        let clock = StillClock()
        let broker = ScriptedBroker(acme)
        let supervisor = supervisor([broker], clock: clock)
        await BrokerChild(broker, supervisor: supervisor, clock: clock, seed: 1, logger: logger).run()
        #expect(await supervisor.book.brokers[acme]?.state == .stopped)
    }
}

struct RestartIntensityTests {
    @Test func failures_withinTheWindow_areHeldAfterTheLimit() {
        var intensity = RestartIntensity(limit: 5, window: .seconds(300))
        for second in 0..<5 { #expect(intensity.failed(at: .seconds(second)) == .restart) }
        #expect(intensity.failed(at: .seconds(299)) == .hold)
    }

    @Test func failures_furtherApart_areAlwaysRestarted() {
        var intensity = RestartIntensity(limit: 5, window: .seconds(300))
        for number in 0..<100 { #expect(intensity.failed(at: .seconds(number * 61)) == .restart) }
    }
}
