import BrokerKit

/// A request that passed every check, in the form that libcurl takes.
struct OutgoingRequest: Sendable {
    var method: HTTPRequest.Method
    var url: String
    /// Host and port for error texts; the URL's query never goes there.
    var authority: String
    var headers: [(name: String, value: String)]
    var body: [UInt8]?
    var limits: HTTPLimits

    /// Throws `.refusedByPolicy` or `.invalidRequest`; nothing has left the machine by then.
    init(_ request: HTTPRequest, policy: EndpointPolicy) throws(TransportError) {
        let endpoint = try Endpoint.checked(request.url, schemes: ["http", "https"], policy: policy)
        method = request.method
        authority = endpoint.authority
        url = "\(endpoint.scheme)://\(endpoint.authority)\(endpoint.target)"
        headers = try HeaderRules.check(request.headers)
        body = request.body
        limits = request.limits
    }

    /// The fields as libcurl takes them. A bare `Name:` takes away a field that libcurl would add by itself.
    var headerLines: [String] {
        let given = headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        let names = Set(headers.map { $0.name.lowercased() })
        let removed = ["Accept", "User-Agent", "Content-Type"].filter { !names.contains($0.lowercased()) }
        return given + removed.map { "\($0):" } + ["Expect:"]
    }

    /// POST and PUT always say how long their body is, also when there is none.
    var bodyToSend: [UInt8]? {
        switch method {
        case .post, .put: body ?? []
        case .get, .delete: body
        }
    }
}
