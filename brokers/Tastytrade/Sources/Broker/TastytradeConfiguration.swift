package import BrokerKit

/// Everything about one Tastytrade login that an operator or a test can set. Times run on the service's clock.
package struct TastytradeConfiguration: Sendable {
    package enum Environment: String, Sendable, CaseIterable { case production, sandbox }

    package var environment: Environment
    /// Absolute base URL of the REST API, without a trailing slash.
    package var apiURL: String
    package var accountStreamerURL: String
    /// Hosts to which a quote token may be taken; loopback is always allowed.
    package var allowedFeedHosts = ["*.dxfeed.com"]
    /// Replaces the URL that the quote token comes with; it must pass `allowedFeedHosts` too.
    package var dxlinkURL: String?
    package var clientSecret: SecretString
    package var refreshToken: SecretString
    /// `product/version`; the venue answers 401 without it.
    package var userAgent = "tributary/1.0"
    /// `YYYYMMDD`; nil asks for the oldest version the venue still serves.
    package var acceptVersion: String?
    /// Only these account numbers; nil takes every open account.
    package var accounts: [String]?
    package var quotas = RateScope.quotas
    /// Full rounds over REST, beside what the account stream says.
    package var reconcileInterval: Duration = .seconds(60)
    /// The venue's quote tokens live 24 h; the feed is reconnected with a new one before that.
    package var quoteTokenLifetime: Duration = .seconds(23 * 3600)
    /// Seconds over which the feed may gather events, as FEED_SETUP states them.
    package var aggregationPeriod = 0.25
    package var requestLimits = HTTPLimits()
    /// How long a step of a handshake may take.
    package var stepTimeout: Duration = .seconds(10)
    /// Account-stream heartbeats; the venue takes 2 s to 60 s.
    package var heartbeatInterval: Duration = .seconds(20)
    package var keepaliveInterval: Duration = .seconds(30)
    /// A stream that said nothing at all for so long is given up.
    package var silenceLimit: Duration = .seconds(60)
    /// Days of transactions that the first round of a run reads beside today's.
    package var historyDays = 30
    /// After a refused grant no login is tried for so long.
    package var loginHold: Duration = .seconds(15 * 60)

    package init(environment: Environment, clientSecret: SecretString, refreshToken: SecretString) {
        self.environment = environment
        self.clientSecret = clientSecret
        self.refreshToken = refreshToken
        switch environment {
        case .production:
            apiURL = "https://api.tastyworks.com"
            accountStreamerURL = "wss://streamer.tastyworks.com"
            acceptVersion = "20251101"
        case .sandbox:
            apiURL = "https://api.cert.tastyworks.com"
            accountStreamerURL = "wss://streamer.cert.tastyworks.com"
        }
    }
}
