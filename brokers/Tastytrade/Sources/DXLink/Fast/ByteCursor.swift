/// Walks the bytes of one frame, whose last byte is known to be `}`.
///
/// Every step goes past a byte that was seen to be another one, so the cursor cannot leave the frame: no loop here
/// needs a bound of its own, and the span's checks never fire. Anything unforeseen, white space included, is refused.
struct ByteCursor {
    var index: Int

    init(at index: Int) { self.index = index }

    @inline(__always)
    mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard bytes[index] == byte else { return false }
        index &+= 1
        return true
    }

    @inline(__always)
    mutating func expect(_ byte: UInt8, _ bytes: Span<UInt8>) throws(FeedRefusal) {
        guard take(byte, bytes) else { throw FeedRefusal() }
    }

    /// Takes a word without a `}` in it.
    mutating func expect(_ word: [UInt8], _ bytes: Span<UInt8>) throws(FeedRefusal) {
        for byte in word { try expect(byte, bytes) }
    }

    /// The content of a string of plain ASCII without escapes.
    mutating func plainString(_ bytes: Span<UInt8>) throws(FeedRefusal) -> Range<Int> {
        try expect(UInt8(ascii: "\""), bytes)
        let start = index
        while true {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { break }
            guard Self.isPlain(byte) else { throw FeedRefusal() }
            index &+= 1
        }
        index &+= 1
        return start..<(index &- 1)
    }

    /// One to nine digits.
    mutating func plainWhole(_ bytes: Span<UInt8>) throws(FeedRefusal) -> Int {
        let start = index
        var value: UInt64 = 0
        digits(bytes, into: &value)
        let count = index - start
        guard count >= 1, count <= 9, count == 1 || bytes[start] != UInt8(ascii: "0") else { throw FeedRefusal() }
        return Int(value)
    }

    /// Passes over one value that is not an array or object.
    mutating func skipScalar(_ bytes: Span<UInt8>) throws(FeedRefusal) {
        switch bytes[index] {
        case UInt8(ascii: "\""): _ = try plainString(bytes)
        case UInt8(ascii: "t"): try expect(Self.trueWord, bytes)
        case UInt8(ascii: "f"): try expect(Self.falseWord, bytes)
        case UInt8(ascii: "n"): try expect(Self.nullWord, bytes)
        default: try skipNumber(bytes)
        }
    }

    private mutating func skipNumber(_ bytes: Span<UInt8>) throws(FeedRefusal) {
        var text = 0..<0
        guard try number(bytes, text: &text) != nil else { throw FeedRefusal() }
    }

    /// `e`, a sign, and at most three digits.
    mutating func power(_ bytes: Span<UInt8>) throws(FeedRefusal) -> Int {
        index &+= 1
        let isNegative = take(UInt8(ascii: "-"), bytes)
        if !isNegative { _ = take(UInt8(ascii: "+"), bytes) }
        let start = index
        var value: UInt64 = 0
        digits(bytes, into: &value)
        guard index > start, index &- start <= 3 else { throw FeedRefusal() }
        return isNegative ? -Int(value) : Int(value)
    }

    /// ASCII that stands for itself in a string. `}` is left out because the frame's last byte must end every loop.
    @inline(__always)
    static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7D && byte != UInt8(ascii: "\\") }

    private static let trueWord = Array("true".utf8)
    private static let falseWord = Array("false".utf8)
    static let nullWord = Array("null".utf8)
}
