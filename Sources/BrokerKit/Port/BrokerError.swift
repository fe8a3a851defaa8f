/// What went wrong with a broker, classified by what can be done about it.
package struct BrokerError: Error, Sendable, CustomStringConvertible {
    package enum Class: String, Sendable {
        /// Trying again later may help.
        case retryable
        /// A person has to log in or renew a grant.
        case needsLogin
        /// Trying again will not help; others are not affected.
        case permanent
        /// The broker's actor cannot go on.
        case fatal
    }

    package var classification: Class
    /// Stable, lower-case with dashes: `rate-limited`, `invalid-grant`.
    package var code: String
    /// Without secrets and full account numbers.
    package var message: String
    /// HTTP status where there was one.
    package var status: Int?

    package init(_ classification: Class, code: String, _ message: String, status: Int? = nil) {
        self.classification = classification
        self.code = code
        self.message = message
        self.status = status
    }

    package var description: String { "\(code): \(message)" }
}
