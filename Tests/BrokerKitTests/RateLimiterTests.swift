import BrokerKit
import Testing

struct RateLimiterTests {
    @Test func reserve_allowsABurstThenSpaces_whenAskedAtOnce() {
        var limiter = RateLimiter(["account": Quota(4, per: .seconds(2), burst: 2)])
        let waits = (0..<5).map { _ in limiter.reserve(["account"], at: .seconds(10)) }
        #expect(waits == [.zero, .zero, .milliseconds(500), .seconds(1), .milliseconds(1500)])
    }

    @Test func reserve_isFree_afterTheBucketRefilled() {
        var limiter = RateLimiter(["a": Quota(1, per: .seconds(1))])
        #expect(limiter.reserve(["a"], at: .seconds(5)) == .zero)
        #expect(limiter.reserve(["a"], at: .seconds(5.25)) == .milliseconds(750))
        #expect(limiter.reserve(["a"], at: .seconds(20)) == .zero)
    }

    @Test func reserve_takesTheSlowestScope_andChargesEach() {
        var limiter = RateLimiter([
            "fast": Quota(1, per: .seconds(1)), "slow": Quota(1, per: .seconds(10)),
        ])
        #expect(limiter.reserve(["fast", "slow"], at: .zero) == .zero)
        #expect(limiter.reserve(["fast"], at: .zero) == .seconds(1))
        #expect(limiter.reserve(["fast", "slow", "unlimited"], at: .zero) == .seconds(10))
        #expect(limiter.reserve(["unlimited"], at: .zero) == .zero)
        #expect(limiter.reserve(["fast"], at: .zero) == .seconds(11))
    }

    @Test func pause_holdsEveryScope_andIsNeverShortened() {
        var limiter = RateLimiter(["a": Quota(100, per: .seconds(1))])
        limiter.pause(until: .seconds(30))
        limiter.pause(until: .seconds(20))
        #expect(limiter.reserve(["a"], at: .seconds(10)) == .seconds(20))
        #expect(limiter.reserve(["other"], at: .seconds(10)) == .seconds(20))
        #expect(limiter.reserve(["other"], at: .seconds(31)) == .zero)
    }

    @Test(arguments: 0..<20)
    func reserve_neverExceedsTheQuota_inAnyInterval(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let quota = Quota(
            Int.random(in: 1...20, using: &random), per: .seconds(1), burst: Int.random(in: 1...5, using: &random))
        var limiter = RateLimiter(["a": quota])
        var now = Duration.seconds(1)
        var sent: [Duration] = []
        for _ in 0..<200 {
            now += .milliseconds(Int.random(in: 0...60, using: &random))
            sent.append(now + limiter.reserve(["a"], at: now))
        }
        for (index, time) in sent.enumerated() {
            let within = sent[index...].count { $0 < time + quota.interval }
            #expect(within <= quota.requests + quota.burst)
        }
    }
}
