/// Which hosts a broker's bytes may go to. Tokens go to no other host, whatever configuration or a broker's own answer
/// says.
package struct EndpointPolicy: Sendable, Equatable {
    /// Exact host names, or `*.suffix` for any host below a domain.
    package var allowedHosts: [String]

    package init(allowedHosts: [String]) { self.allowedHosts = allowedHosts }

    /// Whether a host is this machine: `localhost`, 127.0.0.0/8 in dotted form, or `::1`. Names are not resolved.
    package static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    package func allows(host: String) -> Bool {
        let host = host.lowercased()
        if Self.isLoopback(host) { return true }
        return allowedHosts.contains { rule in
            let rule = rule.lowercased()
            if rule.hasPrefix("*.") { return host.hasSuffix(rule.dropFirst(1)) && host.count > rule.count - 1 }
            return rule == host
        }
    }

    /// Checks one URL. Plain `http` and `ws` are for loopback only; a remote host must be on the list.
    /// Throws `TransportError` `.refusedByPolicy` or `.invalidRequest`.
    package func check(_ url: String) throws(TransportError) {
        guard let parts = Endpoint(url) else {
            throw TransportError(.invalidRequest, "not an absolute http, https, ws or wss URL")
        }
        if !parts.isEncrypted && !Self.isLoopback(parts.host) {
            throw TransportError(
                .refusedByPolicy, "\(parts.scheme) to \(parts.host) is not encrypted; use it for loopback hosts only")
        }
        guard allows(host: parts.host) else {
            throw TransportError(
                .refusedByPolicy,
                "\(parts.host) is not an allowed host (allowed: \(allowedHosts.joined(separator: ", ")))")
        }
    }
}

/// Scheme, host, port and path of a URL, as far as a policy and a socket need them.
package struct Endpoint: Sendable, Equatable {
    package var scheme: String
    package var host: String
    package var port: Int
    /// Path with query, at least `/`.
    package var path: String

    package var isEncrypted: Bool { scheme == "https" || scheme == "wss" }

    /// Accepts `http`, `https`, `ws` and `wss`; refuses user information, control characters and bad ports.
    package init?(_ url: String) {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), let mark = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<mark.lowerBound].lowercased()
        let defaults = ["http": 80, "ws": 80, "https": 443, "wss": 443]
        guard let standardPort = defaults[scheme] else { return nil }
        let rest = url[mark.upperBound...]
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        let authority = rest[..<authorityEnd]
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        var hostPart = authority
        var portPart: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            hostPart = authority[authority.index(after: authority.startIndex)..<close]
            let tail = authority[authority.index(after: close)...]
            if !tail.isEmpty {
                guard tail.hasPrefix(":") else { return nil }
                portPart = tail.dropFirst()
            }
        } else if let colon = authority.firstIndex(of: ":") {
            hostPart = authority[..<colon]
            portPart = authority[authority.index(after: colon)...]
        }
        guard !hostPart.isEmpty else { return nil }
        var port = standardPort
        if let portPart {
            guard let number = UInt16(portPart), number > 0 else { return nil }
            port = Int(number)
        }
        self.scheme = scheme
        self.host = hostPart.lowercased()
        self.port = port
        let tail = rest[authorityEnd...]
        self.path = tail.isEmpty ? "/" : (tail.hasPrefix("/") ? String(tail) : "/" + tail)
    }
}
