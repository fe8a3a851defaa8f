import BrokerKit
import Testing

struct CircuitBreakerTests {
    /// Calls once a second for `seconds`, every one a failure; the seconds at which a call went out.
    private func attempts(during seconds: Int) -> [Int] {
        var breaker = CircuitBreaker()
        return (0..<seconds).filter { second in
            guard breaker.admit(at: .seconds(second)) == .go else { return false }
            breaker.failed(at: .seconds(second))
            return true
        }
    }

    @Test func calls_areFive_thenProbesWithDoublingGaps() {
        #expect(attempts(during: 4000) == [0, 1, 2, 3, 4, 34, 94, 214, 454, 934, 1834, 2734, 3634])
    }

    @Test func answers_closeIt_andForgetFailures() {
        var breaker = CircuitBreaker(threshold: 2, probeAfter: .seconds(10))
        breaker.failed(at: .zero)
        breaker.succeeded()
        breaker.failed(at: .zero)
        #expect(!breaker.isOpen)
        breaker.failed(at: .zero)
        #expect(breaker.isOpen && breaker.wait(at: .seconds(4)) == .seconds(6))
        #expect(breaker.admit(at: .seconds(10)) == .go)
        breaker.succeeded()
        #expect(!breaker.isOpen && breaker.wait(at: .seconds(10)) == .zero)
    }

    @Test func oneProbe_isOut_atATime() {
        var breaker = CircuitBreaker(threshold: 1, probeAfter: .seconds(10))
        breaker.failed(at: .zero)
        #expect(breaker.admit(at: .seconds(10)) == .go)
        #expect(breaker.admit(at: .seconds(11)) == .wait(.seconds(9)))
        // The probe's outcome was never told: the next one may go.
        #expect(breaker.admit(at: .seconds(20)) == .go)
    }
}
