/// A symbol's bytes as three words, zeros after its end: found and compared without a loop over bytes and without a
/// string.
struct SymbolKey: Equatable {
    /// A key ends within its last word, so 23 bytes is the longest.
    static let words = 3
    static let limit = 8 * words - 1

    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0

    init() {}

    /// nil for a name that is too long, or that a frame could spell in another way than by its own bytes.
    init?(_ name: String) {
        let bytes = Array(name.utf8)
        let isPlain = bytes.allSatisfy { ByteCursor.isPlain($0) && $0 != UInt8(ascii: "\"") }
        guard isPlain, bytes.count <= Self.limit else { return nil }
        for start in stride(from: 0, through: bytes.count, by: 8) {
            let part = bytes[start..<min(start + 8, bytes.count)]
            add(part.reversed().reduce(0) { $0 << 8 | UInt64($1) })
        }
    }

    /// Takes the next eight bytes; the last word ends with at least one zero.
    @inline(__always)
    mutating func add(_ word: UInt64) { (first, second, third) = (second, third, word) }

    /// The table's keys are our own words, so nobody else can make it slow.
    @inline(__always)
    var hash: Int {
        var sum = (third ^ 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
        sum = (sum ^ sum >> 32 ^ second) &* 0xD6E8_FEB8_6659_FD93
        sum = (sum ^ sum >> 32 ^ first) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: sum >> 33)
    }
}
