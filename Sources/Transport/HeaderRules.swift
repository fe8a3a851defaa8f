import BrokerKit

/// What a request header must look like before it leaves: no control characters, so that no value can start a line of
/// its own, and none of the fields by which the transport frames a message.
enum HeaderRules {
    static let maximumBytes = 64 << 10

    private static let reserved: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "upgrade", "sec-websocket-key",
        "sec-websocket-version", "sec-websocket-extensions", "expect",
    ]

    /// Name and revealed value of each field, in order. Throws `.invalidRequest`, which names the field, never its
    /// value.
    static func check(_ headers: [HTTPHeader]) throws(TransportError) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        var total = 0
        for header in headers {
            let value = revealed(header.value)
            guard isToken(header.name) else {
                throw TransportError(.invalidRequest, "a header name is empty or holds a character HTTP does not allow")
            }
            guard !reserved.contains(header.name.lowercased()) else {
                throw TransportError(.invalidRequest, "header \(header.name) is set by the transport; leave it out")
            }
            guard value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7f) || $0 == 0x09 }) else {
                throw TransportError(.invalidRequest, "header \(header.name) holds a control character")
            }
            total += header.name.utf8.count + value.utf8.count + 4
            guard total <= maximumBytes else {
                throw TransportError(.invalidRequest, "headers exceed \(maximumBytes) bytes")
            }
            fields.append((header.name, value))
        }
        return fields
    }

    private static func revealed(_ value: HTTPHeader.Value) -> String {
        switch value {
        case .plain(let text): text
        case .secret(let secret): secret.reveal()
        }
    }

    private static func isToken(_ name: String) -> Bool {
        let marks = Array("!#$%&'*+-.^_`|~".utf8)
        return !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                    || marks.contains(byte)
            }
    }
}
