import BrokerKit
import PortfolioModel

/// How the broker stands, from what its parts report. A pure value. `live` is earned by received data: a full round,
/// the account stream's acknowledgement, and, where a feed is wanted, something said by it.
struct ConnectionHealth: Sendable {
    struct Verdict: Sendable, Equatable {
        var state: BrokerState
        var message: String?
    }

    private enum Stream: Equatable {
        /// Not up yet, and never lost.
        case pending
        /// Up, and spoken since.
        case speaking
        /// Up since, and nothing heard; `afterLoss` when it was up before.
        case mute(since: Duration, afterLoss: Bool)
        case lost(String)
    }

    /// A feed may be up so long without a word before that shows.
    private static let muteLimit: Duration = .seconds(30)
    /// So long the thread of the streams may stand still before that shows.
    private static let stallLimit: Duration = .seconds(20)

    private let staleAfter: Duration
    private var lastRound: Duration?
    private var roundFailure: String?
    private var partialFailure: String?
    private var loginMessage: String?
    private var accountStream = Stream.pending
    private var feed = Stream.pending
    private var lastTurn: Duration?
    var isFeedWanted = false

    /// `reconcileInterval` sets how long failing rounds are bridged by what was last read: three of them.
    init(reconcileInterval: Duration) { staleAfter = reconcileInterval * 3 }

    mutating func roundSucceeded(at uptime: Duration, partialFailure: String? = nil) {
        lastRound = uptime
        roundFailure = nil
        loginMessage = nil
        self.partialFailure = partialFailure
    }

    mutating func roundFailed(_ error: BrokerError) {
        roundFailure = error.message
        loginMessage = error.classification == .needsLogin ? error.message : nil
    }

    mutating func accountStreamReady() { accountStream = .speaking }
    mutating func accountStreamLost(_ message: String) { accountStream = .lost(message) }

    /// The thread of the streams came round.
    mutating func streamsTurned(at uptime: Duration) { lastTurn = uptime }

    /// Whether nothing the streams say can be heard. The streams themselves cannot notice: their own clocks wait for
    /// that thread.
    func isStalled(at uptime: Duration) -> Bool { lastTurn.map { uptime - $0 >= Self.stallLimit } ?? false }

    mutating func feedConnected(at uptime: Duration) {
        var afterLoss = false
        if case .lost = feed { afterLoss = true }
        feed = .mute(since: uptime, afterLoss: afterLoss)
    }
    mutating func feedSpoke() { feed = .speaking }
    mutating func feedLost(_ message: String) { feed = .lost(message) }

    func verdict(at uptime: Duration) -> Verdict {
        if let loginMessage { return Verdict(state: .needsLogin, message: loginMessage) }
        guard let lastRound else {
            return Verdict(state: roundFailure == nil ? .starting : .stale, message: roundFailure)
        }
        if uptime - lastRound > staleAfter {
            return Verdict(state: .stale, message: roundFailure ?? "no full round for too long")
        }
        if let roundFailure { return Verdict(state: .degraded, message: roundFailure) }
        if let partialFailure { return Verdict(state: .degraded, message: partialFailure) }
        if isStalled(at: uptime) {
            return Verdict(state: .degraded, message: "the streams stand still, in a name lookup perhaps")
        }
        switch accountStream {
        case .pending, .mute: return Verdict(state: .starting, message: nil)
        case .lost(let words): return Verdict(state: .degraded, message: "\(words); accounts are polled meanwhile")
        case .speaking: break
        }
        guard isFeedWanted else { return Verdict(state: .live, message: nil) }
        switch feed {
        case .speaking, .pending: return Verdict(state: .live, message: nil)
        case .lost(let words): return Verdict(state: .degraded, message: words)
        case .mute(let since, let afterLoss):
            guard afterLoss || uptime - since >= Self.muteLimit else { return Verdict(state: .live, message: nil) }
            return Verdict(state: .degraded, message: "the feed is connected, but nothing was received yet")
        }
    }
}
