import BrokerKit

/// A bearer token and the stretch of uptime in which to use it.
struct AccessToken: Sendable, Equatable {
    var secret: SecretString
    /// From here on a new one is fetched, while this one still serves.
    var renewAt: Duration
    var expiresAt: Duration
    /// Distinguishes a token from the one before it, so that a late 401 does not drop its successor.
    var generation: Int
}
