import Foundation

/// What the sandbox does wrong on request.
struct Faults: Sendable {
    enum BalanceShape: String, Sendable { case byVersion = "auto", object, items }
    enum DataFormat: String, Sendable { case compact = "COMPACT", full = "FULL" }

    struct Countdown: Sendable {
        /// Requests left, negative until switched off.
        var remaining = 0

        mutating func takeOne() -> Bool {
            if remaining == 0 { return false }
            if remaining > 0 { remaining -= 1 }
            return true
        }
    }

    var throttle = Countdown()
    var serverError = Countdown()
    var htmlBody = Countdown()
    var refuseUpgrade = Countdown()
    var usesRFCTokenErrors = false
    var enforcesRateLimits = false
    var hasNaNFixingPrice = false
    var balanceShape = BalanceShape.byVersion

    var rejectsQuoteAuth = false
    /// What FEED_DATA uses in place of what the client accepted.
    var dataFormat: DataFormat?
    var hasNaNGreeks = false
    /// A client frame longer than this ends its socket with 1009.
    var maxFrameBytes = 65_536
    /// Seconds of a client's silence after which its socket ends.
    var keepaliveTimeout: TimeInterval = 60
    /// Seconds between the SETUP and the AUTH_STATE of a handshake; an AUTH in between is fatal.
    var authStateDelay: TimeInterval = 0
    /// Whether CHANNEL_REQUEST stays without an answer.
    var ignoresChannelRequests = false
}
