/// One GET of the REST API. The place is what messages and logs say: the route without account numbers.
struct APIRequest: Sendable {
    var path: String
    var query: [(String, String)] = []
    var scopes: [String]
    var place: String

    /// Path parts are percent-encoded, slashes and blanks of symbols included.
    init(_ parts: [String], place: String, scopes: [String] = [], query: [(String, String)] = []) {
        path = parts.map { "/" + Self.encoded($0) }.joined()
        self.place = place
        self.scopes = [RateScope.global] + scopes
        self.query = query
    }

    var target: String {
        guard !query.isEmpty else { return path }
        return path + "?" + query.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
    }

    /// RFC 3986: everything but unreserved characters, and the brackets of array parameters, is encoded.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let character = Character(UnicodeScalar(byte))
            let isPlain = byte < 0x80 && (character.isLetter || character.isNumber || "-._~[]".contains(character))
            if isPlain {
                result.append(character)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                result += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return result
    }
}
