/// Takes secrets and account numbers out of what is to be written. It learns them by what they are called in JSON, in
/// paths and in headers, and replaces each wherever it appears.
struct Redactor {
    private struct Literal {
        var bytes: [UInt8]
        var replacement: [UInt8]
        /// A number of digits alone is replaced only where it stands by itself: an instant may contain it.
        var standsAlone: Bool
    }

    private static let secretKeys: Set<String> = [
        "access_token", "refresh_token", "client_secret", "id_token", "token", "session-token", "remember-token",
        "auth-token", "authorization", "Authorization", "password",
    ]
    private static let accountKeys: Set<String> = ["account-number", "account_number", "accountNumber"]
    /// A shorter value is no secret: it would take innocent text with it.
    private static let shortestSecret = 4

    private var literals: [Literal] = []
    private var begins = [Bool](repeating: false, count: 256)
    private var secrets: Set<String> = []
    private var pseudonyms = Pseudonyms()

    mutating func learn(secret: String) {
        let secret = secret.hasPrefix("Bearer ") ? String(secret.dropFirst(7)) : secret
        guard secret.utf8.count >= Self.shortestSecret, secrets.insert(secret).inserted else { return }
        add(secret, "secret-\(secrets.count)", standsAlone: false)
    }

    mutating func learn(account number: String) {
        guard pseudonyms.learn(number), let name = pseudonyms.names[number] else { return }
        add(number, name, standsAlone: number.utf8.count < 6 || !number.contains(where: \.isLetter))
    }

    /// Learns a number as a file writes it: perhaps with hyphens or blanks in it.
    mutating func learn(account number: String, writtenIn bytes: [UInt8]) {
        learn(account: number)
        let plain = number.filter { $0.isLetter || $0.isNumber }
        let cells = bytes.split { [0x2C, 0x22, 0x0A, 0x0D, 0x09, 0x3B].contains($0) }
        for cell in Set(cells.map { String(decoding: $0, as: UTF8.self) }) {
            let text = cell.trimmingPrefix { $0 == " " }
            if text.count <= number.count + 6, text.filter({ $0.isLetter || $0.isNumber }) == plain {
                learn(account: String(text).trimmingSuffix())
            }
        }
    }

    /// Learns what a request's path names.
    mutating func learn(path: String) {
        let parts = path.split { $0 == "/" || $0 == "?" }
        for (place, part) in parts.enumerated().dropFirst() where parts[place - 1] == "accounts" {
            learn(account: String(part))
        }
    }

    /// Learns the values of secret and account fields of a JSON text; any other text teaches nothing.
    mutating func learn(json bytes: [UInt8]) {
        var key: String?
        var place = 0
        while let open = bytes[place...].firstIndex(of: 0x22), let close = Self.end(of: bytes, from: open + 1) {
            let text = bytes[(open + 1)..<close]
            if let known = key {
                key = nil
                learn(String(decoding: text, as: UTF8.self), of: known)
            }
            place = close + 1
            while place < bytes.count, bytes[place] == 0x20 { place += 1 }
            if place < bytes.count, bytes[place] == 0x3A, text.count < 20 {
                place += 1
                while place < bytes.count, bytes[place] == 0x20 { place += 1 }
                let isText = place < bytes.count && bytes[place] == 0x22
                key = isText ? String(decoding: text, as: UTF8.self) : nil
            }
        }
    }

    private mutating func learn(_ value: String, of key: String) {
        if Self.secretKeys.contains(key) { learn(secret: value) }
        if Self.accountKeys.contains(key) { learn(account: value) }
    }

    /// The closing quote of a JSON string.
    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while place < bytes.count {
            if bytes[place] == 0x5C { place += 1 } else if bytes[place] == 0x22 { return place }
            place += 1
        }
        return nil
    }

    private mutating func add(_ text: String, _ replacement: String, standsAlone: Bool) {
        let bytes = Array(text.utf8)
        literals.append(Literal(bytes: bytes, replacement: Array(replacement.utf8), standsAlone: standsAlone))
        // The longest first: a token may contain another.
        literals.sort { $0.bytes.count > $1.bytes.count }
        begins[Int(bytes[0])] = true
    }

    /// The bytes without anything learned.
    func clean(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { begins[Int($0)] }) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            if begins[Int(bytes[place])], let found = literals.first(where: { matches($0, bytes, place) }) {
                result += found.replacement
                place += found.bytes.count
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }

    private func matches(_ literal: Literal, _ bytes: [UInt8], _ place: Int) -> Bool {
        let end = place + literal.bytes.count
        guard end <= bytes.count, bytes[place..<end].elementsEqual(literal.bytes) else { return false }
        guard literal.standsAlone else { return true }
        return (place == 0 || !Self.continues(bytes[place - 1])) && (end == bytes.count || !Self.continues(bytes[end]))
    }

    private static func continues(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2E
    }
}

extension String {
    fileprivate func trimmingSuffix() -> String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
