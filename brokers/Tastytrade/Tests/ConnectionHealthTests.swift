import BrokerKit
import PortfolioModel
import Testing

@testable import Tastytrade

struct ConnectionHealthTests {
    private func health(feedWanted: Bool = false) -> ConnectionHealth {
        var health = ConnectionHealth(reconcileInterval: .seconds(60))
        health.isFeedWanted = feedWanted
        return health
    }

    private func up(feedWanted: Bool = false) -> ConnectionHealth {
        var health = health(feedWanted: feedWanted)
        health.roundSucceeded(at: .zero)
        health.accountStreamReady()
        return health
    }

    @Test func live_isEarned_byARoundAndTheAccountStream() {
        var health = health()
        #expect(health.verdict(at: .zero).state == .starting)
        health.roundSucceeded(at: .zero)
        #expect(health.verdict(at: .zero).state == .starting)
        health.accountStreamReady()
        #expect(health.verdict(at: .zero) == .init(state: .live, message: nil))
    }

    @Test func lostFeed_degrades_untilItSpeaks_notUntilItConnects() {
        var health = up(feedWanted: true)
        health.feedConnected(at: .zero)
        health.feedSpoke()
        #expect(health.verdict(at: .seconds(1)).state == .live)
        health.feedLost("gone")
        #expect(health.verdict(at: .seconds(1)) == .init(state: .degraded, message: "gone"))
        health.feedConnected(at: .seconds(2))
        #expect(health.verdict(at: .seconds(2)).state == .degraded)
        health.feedSpoke()
        #expect(health.verdict(at: .seconds(3)).state == .live)
    }

    @Test func muteFeed_shows_afterAWhile() {
        var health = up(feedWanted: true)
        health.feedConnected(at: .zero)
        #expect(health.verdict(at: .seconds(29)).state == .live)
        #expect(health.verdict(at: .seconds(30)).state == .degraded)
        health.isFeedWanted = false
        #expect(health.verdict(at: .seconds(30)).state == .live)
    }

    @Test func failingRounds_degrade_thenGoStale() {
        var health = up()
        health.roundFailed(BrokerError(.retryable, code: "x", "venue down"))
        #expect(health.verdict(at: .seconds(180)) == .init(state: .degraded, message: "venue down"))
        #expect(health.verdict(at: .seconds(181)) == .init(state: .stale, message: "venue down"))
        health.roundSucceeded(at: .seconds(200))
        #expect(health.verdict(at: .seconds(200)).state == .live)
    }

    @Test func neverRead_isStale_onceARoundFailed() {
        var health = health()
        health.roundFailed(BrokerError(.retryable, code: "x", "venue down"))
        #expect(health.verdict(at: .zero).state == .stale)
    }

    @Test func refusedLogin_needsAPerson_untilARoundSucceeds() {
        var health = up()
        health.roundFailed(BrokerError(.needsLogin, code: "x", "renew the grant"))
        #expect(health.verdict(at: .zero) == .init(state: .needsLogin, message: "renew the grant"))
        health.roundSucceeded(at: .zero)
        #expect(health.verdict(at: .zero).state == .live)
    }

    @Test func lostAccountStream_andFailedAccounts_degrade() {
        var health = up()
        health.accountStreamLost("closed")
        #expect(health.verdict(at: .zero).state == .degraded)
        health.accountStreamReady()
        health.roundSucceeded(at: .zero, partialFailure: "account ****0002: x")
        #expect(health.verdict(at: .zero) == .init(state: .degraded, message: "account ****0002: x"))
    }

    @Test func standingStreams_degrade_afterTwentySeconds() {
        var health = up()
        health.streamsTurned(at: .seconds(5))
        #expect(health.verdict(at: .seconds(24)).state == .live)
        #expect(health.verdict(at: .seconds(25)).state == .degraded)
        health.streamsTurned(at: .seconds(26))
        #expect(health.verdict(at: .seconds(26)).state == .live)
    }
}
