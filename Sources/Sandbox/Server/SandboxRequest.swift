/// One HTTP request as a sandbox sees it.
package struct SandboxRequest: Sendable {
    package var method: String
    /// The path without query, still percent-encoded.
    package var rawPath: String
    /// The query's pairs in order, percent-decoded; a `+` is a space.
    package var query: [(name: String, value: String)]
    /// Names in lower case, in order.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(
        method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) {
        self.method = method
        let pieces = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        rawPath = String(pieces[0])
        query = pieces.count == 2 ? Self.pairs(pieces[1]) : []
        self.headers = headers.map { ($0.name.lowercased(), $0.value) }
        self.body = body
    }

    /// The path's components, each percent-decoded, so that a `%2F` stays inside its component.
    package var path: [String] {
        rawPath.split(separator: "/").map { Self.decoded($0, plusIsSpace: false) }
    }

    package func header(_ name: String) -> String? {
        headers.first { $0.name == name.lowercased() }?.value
    }

    /// The first value of a query parameter.
    package func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// Every value of a list parameter, written `name[]=a`, `name=a` or `name=a,b`.
    package func list(_ name: String) -> [String] {
        query.filter { $0.name == name || $0.name == name + "[]" }
            .flatMap { $0.value.split(separator: ",").map(String.init) }
    }

    /// The body's pairs when it is a form.
    package var form: [String: String] {
        var fields: [String: String] = [:]
        for pair in Self.pairs(String(decoding: body, as: UTF8.self)[...]) { fields[pair.name] = pair.value }
        return fields
    }

    private static func pairs(_ text: Substring) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let pieces = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(pieces[0]), pieces.count == 2 ? decoded(pieces[1]) : "")
        }
    }

    private static func decoded(_ text: Substring, plusIsSpace: Bool = true) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
