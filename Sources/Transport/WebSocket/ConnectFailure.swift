import BrokerKit

/// Turns what libwebsockets says about a failed connect, which is English text, into the port's words.
enum ConnectFailure {
    /// `status` is the HTTP status of the answer, 0 where there was none.
    static func error(_ text: String, status: Int, authority: String) -> TransportError {
        if status > 0, status != 101 {
            return TransportError(
                .connectFailed, "\(authority): the upgrade was refused with HTTP status \(status)",
                upgradeStatus: status)
        }
        return TransportError(code(text), "\(authority): \(text.isEmpty ? "connection failed" : text)")
    }

    private static func code(_ text: String) -> TransportError.Code {
        let text = text.lowercased()
        func mentions(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        if mentions("timed out", "timeout") { return .timedOut }
        if mentions("cert", "tls", "ssl", "x509", "ca is not") { return .tlsFailed }
        if mentions("dns", "lookup", "nxdomain") { return .nameNotResolved }
        if mentions("hs:") { return .protocolViolation }
        return .connectFailed
    }
}
