import BrokerKit

/// When to log in, and when not to. A pure value: the session actor asks, performs and reports back.
///
/// A refused grant (`refused`) forbids every attempt until the hold is over: repeated bad logins get an address blocked
/// for hours. A venue that cannot be reached (`failed`) is tried again with growing gaps. A token that still serves is
/// used meanwhile.
struct LoginState: Sendable {
    enum Decision: Equatable {
        case use(AccessToken)
        case renew
        /// No login for so long; what a person should know.
        case hold(Duration, message: String, needsLogin: Bool)
    }

    private let hold: Duration
    private var token: AccessToken?
    private var generation = 0
    private var heldUntil: Duration?
    private var holdMessage = ""
    private var needsLogin = false
    private var backoff = Backoff(base: .seconds(1), cap: .seconds(300), resetAfter: .zero)
    /// The generation obtained because its predecessor was answered 401.
    private var replacement: Int?

    init(hold: Duration) { self.hold = hold }

    func decide(at uptime: Duration) -> Decision {
        let serving = serving(at: uptime)
        if let serving, uptime < serving.renewAt { return .use(serving) }
        if let heldUntil, uptime < heldUntil {
            if let serving { return .use(serving) }
            return .hold(heldUntil - uptime, message: holdMessage, needsLogin: needsLogin)
        }
        return .renew
    }

    /// The token that has not expired, be it due for renewal or not.
    func serving(at uptime: Duration) -> AccessToken? { token.flatMap { uptime < $0.expiresAt ? $0 : nil } }

    /// A grant came. Renewal is due `margin` before expiry: the smaller of 60 s and a tenth of the lifetime, moved
    /// earlier by up to half of itself.
    mutating func granted(
        _ secret: SecretString, lifetime: Duration, at uptime: Duration, using random: inout some RandomNumberGenerator
    ) -> AccessToken {
        generation += 1
        let margin = min(.seconds(60), lifetime / 10) * Double.random(in: 1...1.5, using: &random)
        let token = AccessToken(
            secret: secret, renewAt: uptime + lifetime - margin, expiresAt: uptime + lifetime, generation: generation)
        if dropped { replacement = generation }
        dropped = false
        self.token = token
        heldUntil = nil
        needsLogin = false
        backoff.succeeded(at: uptime)
        return token
    }

    private var dropped = false

    /// The venue refused the grant: only a person can mend that.
    mutating func refused(_ message: String, at uptime: Duration) {
        holdMessage = message
        needsLogin = true
        heldUntil = uptime + hold
    }

    /// The venue could not be reached or did not answer properly.
    mutating func failed(_ message: String, at uptime: Duration, using random: inout some RandomNumberGenerator) {
        holdMessage = message
        needsLogin = false
        heldUntil = uptime + backoff.next(using: &random)
    }

    /// A request under this token was answered 401. True when a renewed token is worth a try; false when this token was
    /// itself the replacement of a rejected one and never worked, which holds further logins.
    mutating func rejected(_ generation: Int, at uptime: Duration) -> Bool {
        guard token?.generation == generation else { return true }
        token = nil
        if replacement == generation {
            refused("the API refuses fresh access tokens; check the grant's scopes and the user agent", at: uptime)
            return false
        }
        dropped = true
        return true
    }

    /// A request under this token was accepted.
    mutating func accepted(_ generation: Int) {
        if replacement == generation { replacement = nil }
    }
}
