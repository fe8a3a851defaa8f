import BrokerKit

/// One Tastytrade login.
struct TastytradeSettings: Sendable {
    enum Environment: String, Sendable, CaseIterable { case production, sandbox }

    /// Hosts that the broker's own tools talk to; anything else needs `allowedHosts`.
    static let standardHosts = ["*.tastyworks.com", "*.tastytrade.com", "*.dxfeed.com"]

    var enabled = false
    var environment = Environment.production
    /// Each URL is nil for the environment's own.
    var apiURL: String?
    var accountStreamerURL: String?
    /// Replaces the feed's URL that the quote token comes with.
    var dxlinkURL: String?
    /// Beside `standardHosts`: exact names or `*.suffix`.
    var allowedHosts: [String] = []
    var caFile: String?
    /// Both are there when the broker is enabled.
    var clientSecret: SecretString?
    var refreshToken: SecretString?
    /// Only these account numbers; empty takes every open account.
    var accounts: [String] = []
    /// `YYYYMMDD`; nil for the environment's own.
    var acceptVersion: String?
    var userAgent = "tributary/1.0"
    var reconcileInterval: Duration = .seconds(60)
    var aggregationPeriod: Duration = .milliseconds(250)
    var quoteTokenLifetime: Duration = .seconds(23 * 3600)
    var stepTimeout: Duration = .seconds(10)
    var heartbeatInterval: Duration = .seconds(20)
    var keepaliveInterval: Duration = .seconds(30)
    var silenceLimit: Duration = .seconds(60)
    var loginHold: Duration = .seconds(900)
    var connectTimeout: Duration = .seconds(5)
    var requestTimeout: Duration = .seconds(30)
    /// Days of account history read at start, beside today's.
    var historyDays = 30
    /// Quotas that replace the broker's own, by the scope it meters.
    var limits: [String: Quota] = [:]

    /// What any transport of this broker may talk to.
    var policy: EndpointPolicy { EndpointPolicy(allowedHosts: Self.standardHosts + allowedHosts) }
}
