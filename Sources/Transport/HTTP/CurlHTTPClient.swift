package import BrokerKit

/// HTTP over libcurl: connections are reused, TLS 1.2 or later is always verified, redirects are not followed, proxy
/// variables of the environment are not obeyed. One client has one thread, its connections and its policy.
///
/// Task cancellation ends a transfer with `TransportError.interrupted`, as does `shutdown()`.
package final class CurlHTTPClient: HTTPClient {
    package struct Options: Sendable {
        /// PEM file of the only authorities to trust; `nil` trusts those of the system.
        package var caFile: String?
        /// Every request goes to this socket instead of the URL's host, which must then be a loopback name.
        package var unixSocketPath: String?
        package var maximumConnectionsPerHost = 6
        package var maximumConnections = 32

        package init(caFile: String? = nil, unixSocketPath: String? = nil) {
            self.caFile = caFile
            self.unixSocketPath = unixSocketPath
        }
    }

    private let policy: EndpointPolicy
    private let isLocal: Bool
    private let loop: CurlLoop

    /// Throws `TransportError` `.interrupted` when libcurl cannot be set up.
    package init(policy: EndpointPolicy, options: Options = Options()) throws {
        IgnoredSignals.install()
        self.policy = policy
        isLocal = options.unixSocketPath != nil
        loop = try CurlLoop(options: options)
    }

    deinit { loop.stop() }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        if isLocal, let host = Endpoint(request.url)?.host, !EndpointPolicy.isLoopback(host) {
            throw TransportError(.invalidRequest, "a Unix socket is this machine; write localhost, not \(host)")
        }
        return try await loop.perform(OutgoingRequest(request, policy: policy))
    }

    /// Ends every exchange and returns when the thread is gone. Idempotent; a later `send` throws `.interrupted`.
    package func shutdown() async { await loop.shutdown() }
}
