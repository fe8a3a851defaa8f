import BrokerKit
import Logging
import PortfolioModel

/// The raw client of the REST API: login, limits, retries, envelopes. Methods named after endpoints are beside it, one
/// file a family. Throws `BrokerError`, or `CancellationError`.
actor TastytradeAPI {
    /// A GET that failed for a passing reason is sent so many times in all.
    private static let attempts = 3
    /// A wait longer than this fails the call instead of holding it.
    private static let patience: Duration = .seconds(30)

    private let configuration: TastytradeConfiguration
    private let http: any HTTPClient
    private let clock: any ServiceClock
    private let logger: Logger
    private var random: SeededGenerator
    private var limiter: RateLimiter
    private var throttle = Backoff(base: .seconds(2), cap: .seconds(900), resetAfter: .seconds(60))
    private var pausedUntil: Duration = .zero
    private var breaker = CircuitBreaker()
    private var login: LoginState
    private var refreshToken: SecretString
    private var renewal: Task<AccessToken, any Error>?
    /// What a person has to do before anything works again; nil when logged in or not yet refused.
    private(set) var loginMessage: String?

    init(
        configuration: TastytradeConfiguration, http: any HTTPClient, clock: any ServiceClock, seed: UInt64,
        logger: Logger
    ) {
        self.configuration = configuration
        self.http = http
        self.clock = clock
        self.logger = logger
        random = SeededGenerator(seed: seed)
        limiter = RateLimiter(configuration.quotas)
        login = LoginState(hold: configuration.loginHold)
        refreshToken = configuration.refreshToken
    }

    // MARK: - Login

    /// A token that serves now. Callers that need a new one at the same time share one login.
    func accessToken() async throws -> AccessToken {
        switch login.decide(at: clock.uptime()) {
        case .use(let token): return token
        case .hold(let wait, let message, let needsLogin):
            let minutes = wait.components.seconds / 60
            throw BrokerError(
                needsLogin ? .needsLogin : .retryable, code: needsLogin ? "login-refused" : "login-failed",
                "\(message); next attempt in \(minutes < 1 ? "less than a minute" : "about \(minutes) min")")
        case .renew: break
        }
        if let renewal { return try await renewal.value }
        let task = Task { try await renew() }
        renewal = task
        return try await task.value
    }

    private func renew() async throws -> AccessToken {
        defer { renewal = nil }
        // A venue that asked for fewer requests, or is down, gets no login either.
        do { try checkPause() } catch {
            if let token = login.serving(at: clock.uptime()) { return token }
            throw error
        }
        let request = HTTPRequest(
            .post, configuration.apiURL + "/oauth/token", headers: plainHeaders,
            body: OAuth.body(refreshToken: refreshToken, clientSecret: configuration.clientSecret),
            limits: configuration.requestLimits)
        let answer: OAuth.Answer
        do {
            let response = try await http.send(request)
            count(response.status)
            if response.status == 429 { _ = pause(by: response) }
            answer = OAuth.answer(response)
        } catch {
            breaker.failed(at: clock.uptime())
            answer = .failed(status: 0, "the login could not be sent: \(error)")
        }
        let now = clock.uptime()
        switch answer {
        case .granted(let grant):
            if let rotated = grant.refreshToken { refreshToken = rotated }
            loginMessage = nil
            logger.debug("logged in", metadata: ["seconds": "\(grant.lifetime.components.seconds)"])
            return login.granted(grant.accessToken, lifetime: grant.lifetime, at: now, using: &random)
        case .refused(let reason):
            let message = "the login was refused (\(reason)); renew the grant and the client secret"
            loginMessage = message
            login.refused(message, at: now)
            logger.error("login refused", metadata: ["reason": "\(reason)"])
            throw BrokerError(.needsLogin, code: "invalid-grant", message)
        case .failed(let status, let message):
            login.failed(message, at: now, using: &random)
            if case .use(let token) = login.decide(at: now) { return token }
            throw BrokerError(.retryable, code: "login-failed", message, status: status == 0 ? nil : status)
        }
    }

    // MARK: - Requests

    /// Sends a GET within the limits, renewing the token once and retrying passing failures.
    func get(_ request: APIRequest) async throws -> APIEnvelope {
        var backoff = Backoff(base: .milliseconds(500), cap: .seconds(8))
        var attempt = 1
        while true {
            do {
                return try APIEnvelope(try await sendOnce(request), place: request.place)
            } catch let error as BrokerError where error.code == "venue-unavailable" && attempt < Self.attempts {
                attempt += 1
                try await clock.sleep(for: backoff.next(using: &random))
            }
        }
    }

    /// One exchange under a valid token; a 401 gets one more under a new one.
    private func sendOnce(_ request: APIRequest) async throws -> [UInt8] {
        for isRetry in [false, true] {
            let token = try await accessToken()
            try await waitForTurn(request)
            let response = try await exchange(request, token)
            if response.status == 401 {
                let isWorthwhile = login.rejected(token.generation, at: clock.uptime())
                if isRetry || !isWorthwhile { break }
                continue
            }
            login.accepted(token.generation)
            return try body(of: response, request)
        }
        loginMessage = "\(request.place) refuses the access token; check the grant's scopes and the user agent"
        throw BrokerError(
            .needsLogin, code: "unauthorized", "\(request.place) refuses a fresh access token", status: 401)
    }

    /// How long until requests make sense again: after 429, or while the breaker is open. Zero when they do now.
    var pause: Duration {
        let now = clock.uptime()
        return max(.zero, pausedUntil - now, breaker.wait(at: now))
    }

    private func waitForTurn(_ request: APIRequest) async throws {
        let now = clock.uptime()
        if pausedUntil - now > Self.patience { throw rateLimited(for: pausedUntil - now) }
        let wait = limiter.reserve(request.scopes, at: now)
        if wait > .zero { try await clock.sleep(for: wait) }
        if case .wait(let rest) = breaker.admit(at: clock.uptime()) { throw broken(for: rest) }
    }

    /// Throws while the venue is not to be bothered. Admits nothing: a probe is left to the requests themselves.
    private func checkPause() throws(BrokerError) {
        let now = clock.uptime()
        if now < pausedUntil { throw rateLimited(for: pausedUntil - now) }
        let rest = breaker.wait(at: now)
        if rest > .zero { throw broken(for: rest) }
    }

    private func rateLimited(for rest: Duration) -> BrokerError {
        let minutes = max(1, rest.components.seconds / 60)
        return BrokerError(
            .retryable, code: "rate-limited", "the venue asked for fewer requests; paused for \(minutes) min",
            status: 429)
    }

    private func broken(for rest: Duration) -> BrokerError {
        BrokerError(
            .retryable, code: "venue-paused",
            "the venue failed too often; next attempt in \(max(1, rest.components.seconds)) s")
    }

    private func count(_ status: Int) {
        if status >= 500 { breaker.failed(at: clock.uptime()) } else { breaker.succeeded() }
    }

    private func exchange(_ request: APIRequest, _ token: AccessToken) async throws -> HTTPResponse {
        var headers = plainHeaders
        headers.append(HTTPHeader("Authorization", secret: SecretString("Bearer " + token.secret.reveal())))
        do {
            let response = try await http.send(
                HTTPRequest(
                    .get, configuration.apiURL + request.target, headers: headers, limits: configuration.requestLimits))
            count(response.status)
            return response
        } catch let error as TransportError {
            try Task.checkCancellation()
            let isFinal = [.refusedByPolicy, .invalidRequest, .bodyTooLarge].contains(error.code)
            if !isFinal { breaker.failed(at: clock.uptime()) }
            throw BrokerError(
                isFinal ? .permanent : .retryable, code: isFinal ? "transport-refused" : "venue-unavailable",
                "\(request.place): \(error.code.rawValue)")
        }
    }

    private func body(of response: HTTPResponse, _ request: APIRequest) throws -> [UInt8] {
        let said = APIEnvelope.refusal(response.body).map { " (\($0))" } ?? ""
        let status = response.status
        switch status {
        case 200..<300:
            throttle.succeeded(at: clock.uptime())
            return response.body
        case 429: throw throttled(response, request)
        case 500...:
            throw BrokerError(
                .retryable, code: "venue-unavailable", "\(request.place) was answered \(status)\(said)", status: status)
        default:
            throw BrokerError(
                .permanent, code: "refused", "\(request.place) was answered \(status)\(said)", status: status)
        }
    }

    private func throttled(_ response: HTTPResponse, _ request: APIRequest) -> BrokerError {
        let pause = pause(by: response)
        let seconds = max(1, pause.components.seconds)
        logger.warning("throttled", metadata: ["place": "\(request.place)", "seconds": "\(seconds)"])
        return BrokerError(
            .retryable, code: "rate-limited",
            "\(request.place) was answered 429; paused for \(seconds) s",
            status: 429)
    }

    /// Pauses every request: at least as long as the venue asks in `Retry-After`, at most 15 minutes.
    private func pause(by response: HTTPResponse) -> Duration {
        let asked = RetryAfter.wait(response.headers["retry-after"], now: clock.now())
        let pause = max(throttle.next(using: &random), asked ?? .zero)
        let until = clock.uptime() + pause
        pausedUntil = max(pausedUntil, until)
        limiter.pause(until: until)
        return pause
    }

    private var plainHeaders: [HTTPHeader] {
        var headers = [
            HTTPHeader("User-Agent", configuration.userAgent), HTTPHeader("Accept", "application/json"),
            HTTPHeader("Content-Type", "application/json"),
        ]
        if let version = configuration.acceptVersion { headers.append(HTTPHeader("Accept-Version", version)) }
        return headers
    }
}
