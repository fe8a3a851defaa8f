package import BrokerKit
import NIOConcurrencyHelpers

/// Answers requests from a closure and remembers them.
package final class ScriptedHTTPClient: HTTPClient {
    package typealias Handler = @Sendable (HTTPRequest) async throws -> HTTPResponse

    private let handler: Handler
    private let log = NIOLockedValueBox<[HTTPRequest]>([])

    package init(_ handler: @escaping Handler) { self.handler = handler }

    /// Every request so far, in order of sending.
    package var requests: [HTTPRequest] { log.withLockedValue { $0 } }

    /// How many requests went to a URL containing this text.
    package func count(of part: String) -> Int { requests.count { $0.url.contains(part) } }

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        log.withLockedValue { $0.append(request) }
        return try await handler(request)
    }
}

extension HTTPResponse {
    /// A JSON answer from text.
    package static func json(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["content-type": "application/json"], body: Array(text.utf8))
    }
}

extension HTTPRequest {
    /// The body as text, for assertions.
    package var bodyText: String { String(decoding: body ?? [], as: UTF8.self) }

    /// A header's value, revealed.
    package func header(_ name: String) -> String? {
        guard let field = headers.last(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
        switch field.value {
        case .plain(let text): return text
        case .secret(let secret): return secret.reveal()
        }
    }
}
