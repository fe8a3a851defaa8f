import Crypto
import Foundation

/// Names that stand for account numbers: of the same length and form, with the last four characters kept, since those
/// are what every document shows. The key lives as long as the recording and is written nowhere.
struct Pseudonyms {
    private let key = SymmetricKey(size: .bits256)
    private(set) var names: [String: String] = [:]
    private var taken: Set<String> = []

    /// True when the number was not known. One that happens to be another's pseudonym has one of its own, too:
    /// what is replaced is the text as it came.
    mutating func learn(_ number: String) -> Bool {
        guard !number.isEmpty, names[number] == nil else { return false }
        var name = number
        for attempt in 0..<64 {
            name = candidate(for: number, attempt)
            if name != number, !taken.contains(name), names[name] == nil { break }
        }
        names[number] = name
        taken.insert(name)
        return true
    }

    /// Digits stay digits and letters letters: readers check the form.
    private func candidate(for number: String, _ attempt: Int) -> String {
        let code = Array(HMAC<SHA256>.authenticationCode(for: Data("\(attempt)|\(number)".utf8), using: key))
        let bytes = Array(number.utf8)
        let kept = bytes.count > 4 ? 4 : 0
        let changed = bytes.dropLast(kept).enumerated().map { index, byte -> UInt8 in
            let random = code[index % code.count]
            switch byte {
            case 0x30...0x39: return 0x30 + random % 10
            case 0x41...0x5A: return 0x41 + random % 26
            case 0x61...0x7A: return 0x61 + random % 26
            default: return byte
            }
        }
        return String(decoding: changed + bytes.suffix(kept), as: UTF8.self)
    }
}
