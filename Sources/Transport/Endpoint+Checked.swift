import BrokerKit

extension Endpoint {
    /// The endpoint of a URL that the policy allows, with a scheme out of `schemes` and a host of plain characters.
    /// What goes to the socket is taken from this value, so that no second parser can read another host out of the same
    /// text. Throws `.refusedByPolicy` or `.invalidRequest`.
    static func checked(
        _ url: String, schemes: Set<String>, policy: EndpointPolicy
    ) throws(TransportError) -> Endpoint {
        try policy.check(url)
        guard let endpoint = Endpoint(url), schemes.contains(endpoint.scheme) else {
            throw TransportError(
                .invalidRequest, "the scheme must be one of \(schemes.sorted().joined(separator: ", "))")
        }
        let isPlain = endpoint.host.utf8.allSatisfy { byte in
            (0x30...0x3a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x2d || byte == 0x2e || byte == 0x5f
        }
        guard isPlain else { throw TransportError(.invalidRequest, "the host holds characters no host name has") }
        return endpoint
    }

    /// Host as it stands in a URL or a Host header: IPv6 addresses in brackets.
    var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

    /// Host and port, the port only where it is not the scheme's own.
    var authority: String {
        let isStandard = port == (isEncrypted ? 443 : 80)
        return isStandard ? bracketedHost : "\(bracketedHost):\(port)"
    }

    /// Path and query; a fragment never leaves.
    var target: String { path.firstIndex(of: "#").map { String(path[..<$0]) } ?? path }
}

extension Duration {
    /// Whole milliseconds, rounded up, at least 1: to the C libraries 0 means "no limit".
    var atLeastOneMillisecond: Int {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 1 }
        let capped = min(seconds, Int64(Int32.max) / 1000 - 1)
        return max(1, Int(capped) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }

    /// Whole seconds, rounded up, at least 1.
    var atLeastOneSecond: Int { (atLeastOneMillisecond + 999) / 1000 }
}
