/// One request as a broker states it. The transport decides how it travels; it adds no header a broker did not ask for
/// except those HTTP itself needs.
package struct HTTPRequest: Sendable {
    package enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", delete = "DELETE" }

    package var method: Method
    /// Absolute URL with scheme `https`, or `http` for loopback hosts only.
    package var url: String
    package var headers: [HTTPHeader]
    package var body: [UInt8]?
    package var limits: HTTPLimits

    package init(
        _ method: Method, _ url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil, limits: HTTPLimits = .init()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
    }
}

/// A header field. A secret value is a `SecretString`, so that printing a request never shows it.
package struct HTTPHeader: Sendable {
    package enum Value: Sendable { case plain(String), secret(SecretString) }
    package var name: String
    package var value: Value

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = .plain(value)
    }

    package init(_ name: String, secret value: SecretString) {
        self.name = name
        self.value = .secret(value)
    }
}

/// Bounds of one exchange. Durations are wall time; sizes count decoded bytes.
package struct HTTPLimits: Sendable {
    package var connectTimeout: Duration = .seconds(5)
    package var totalTimeout: Duration = .seconds(30)
    /// The transfer is given up when it runs below `lowSpeedBytes` per second for `lowSpeedTime`.
    package var lowSpeedBytes = 100
    package var lowSpeedTime: Duration = .seconds(10)
    package var maximumBodyBytes = 32 << 20

    package init() {}
}

/// What came back. A status is never an error here: only the broker knows what a 401 or a 429 means to it.
package struct HTTPResponse: Sendable {
    package var status: Int
    /// Field names in lower case; of repeated fields the last one.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// The port through which a broker speaks HTTP. Redirects are not followed; cancellation of the calling task ends the
/// transfer. Throws `TransportError`.
package protocol HTTPClient: Sendable {
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
