import BrokerKit
import Testing

struct BackoffTests {
    @Test(arguments: 0..<20)
    func next_staysWithinTheDoublingCeiling(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var backoff = Backoff(base: .milliseconds(500), cap: .seconds(8))
        for ceiling in [0.5, 1, 2, 4, 8, 8, 8] {
            let delay = backoff.next(using: &random)
            #expect(delay >= .seconds(ceiling * 0.4999) && delay <= .seconds(ceiling))
        }
        #expect(backoff.failures == 7)
    }

    @Test func next_neverPassesTheCap_afterVeryManyFailures() {
        var random = SeededGenerator(seed: 1)
        var backoff = Backoff(base: .seconds(100), cap: .seconds(60))
        for _ in 0..<1000 { #expect(backoff.next(using: &random) <= .seconds(60)) }
    }

    @Test func next_varies_soThatClientsDoNotReturnTogether() {
        var random = SeededGenerator(seed: 7)
        let delays = Set(
            (0..<50).map { _ in
                var fresh = Backoff()
                return fresh.next(using: &random)
            })
        #expect(delays.count > 40)
    }

    @Test func succeeded_forgetsFailures_onlyAfterAStretchOfGoodData() {
        var random = SeededGenerator(seed: 2)
        var backoff = Backoff(resetAfter: .seconds(60))
        for _ in 0..<3 { _ = backoff.next(using: &random) }
        backoff.succeeded(at: .seconds(100))
        backoff.succeeded(at: .seconds(159))
        #expect(backoff.failures == 3)
        backoff.succeeded(at: .seconds(160))
        #expect(backoff.failures == 0)
    }

    @Test func succeeded_startsTheStretchAnew_afterAFailure() {
        var random = SeededGenerator(seed: 3)
        var backoff = Backoff(resetAfter: .seconds(60))
        backoff.succeeded(at: .seconds(0))
        _ = backoff.next(using: &random)
        backoff.succeeded(at: .seconds(70))
        #expect(backoff.failures == 1)
        backoff.succeeded(at: .seconds(130))
        #expect(backoff.failures == 0)
    }

    /// Attempts in the first minute when each one fails at once, the first included.
    @Test(arguments: 0..<200)
    func attempts_areEightAtMost_inTheFirstMinute(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var backoff = Backoff()
        var at = Duration.zero
        var attempts = 0
        while at < .seconds(60) {
            attempts += 1
            at += backoff.next(using: &random)
        }
        #expect((2...8).contains(attempts), "\(attempts) attempts")
    }

    /// Five brokers that lost their venues at one moment come back to them after two minutes.
    @Test(arguments: 0..<100)
    func returns_areSpread_afterACommonOutage(run: Int) throws {
        let returns = (0..<5).map { broker -> Duration in
            var random = SeededGenerator(seed: UInt64(run * 5 + broker))
            var backoff = Backoff()
            var at = Duration.zero
            while at < .seconds(120) { at += backoff.next(using: &random) }
            return at
        }
        let spread = try #require(returns.max()) - (try #require(returns.min()))
        #expect(spread >= .seconds(5), "\(spread)")
        if run == 0 { print("row 22: five brokers return spread over \(spread)") }
    }
}
