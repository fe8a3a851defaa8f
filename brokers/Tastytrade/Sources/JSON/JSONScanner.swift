/// Walks the tokens of a JSON document over its bytes (RFC 8259), strictly. Every read is bounds-checked; anything
/// malformed throws, nothing traps.
struct JSONScanner {
    /// Nesting beyond this is refused.
    static let maximumDepth = 64

    let bytes: [UInt8]
    private(set) var index: Int
    private let end: Int

    init(_ bytes: [UInt8]) { self.init(bytes, in: 0..<bytes.count) }

    /// Walks one part of a document, such as the range that `skipValue` returned.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        index = range.lowerBound
        end = min(range.upperBound, bytes.count)
    }

    func error(_ reason: String) -> JSONError { JSONError(reason: reason, offset: index) }

    /// The next byte that is not white space, without taking it; nil at the end.
    mutating func peek() -> UInt8? {
        while index < end {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            index += 1
        }
        return nil
    }

    /// Takes a structural byte if it is next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard take(byte) else { throw error("expected \(Character(UnicodeScalar(byte)))") }
    }

    /// Nothing but white space may follow.
    mutating func expectEnd() throws(JSONError) {
        if peek() != nil { throw error("text after the document") }
    }

    /// The end of an array or object, or the comma before its next element. `isFirst` is true before the first one.
    mutating func next(until close: UInt8, isFirst: Bool) throws(JSONError) -> Bool {
        if take(close) { return false }
        if !isFirst {
            try expect(UInt8(ascii: ","))
            if peek() == close { throw error("trailing comma") }
        }
        return true
    }

    /// A member's key and the colon after it.
    mutating func key() throws(JSONError) -> String {
        let key = try string()
        try expect(UInt8(ascii: ":"))
        return key
    }

    mutating func literal(_ word: StaticString) throws(JSONError) {
        _ = peek()
        let length = word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { expected in
            index + length <= end && bytes[index..<(index + length)].elementsEqual(expected)
        }
        guard matches else { throw error("unknown word") }
        index += length
    }

    /// The range of a number's text: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
    mutating func numberRange() throws(JSONError) -> Range<Int> {
        _ = peek()
        let start = index
        if index < end, bytes[index] == UInt8(ascii: "-") { index += 1 }
        if index < end, bytes[index] == UInt8(ascii: "0") {
            index += 1
        } else {
            try digits()
        }
        if index < end, bytes[index] == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < end, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        return start..<index
    }

    private mutating func digits() throws(JSONError) {
        let start = index
        while index < end, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
        if index == start { throw error("expected a digit") }
    }

    /// Passes over one value of any kind and says where it stood. Checks its structure, but not what its strings hold.
    mutating func skipValue(depth: Int = 0) throws(JSONError) -> Range<Int> {
        guard depth < Self.maximumDepth else { throw error("nested deeper than \(Self.maximumDepth)") }
        guard let first = peek() else { throw error("the document ends early") }
        let start = index
        switch first {
        case UInt8(ascii: "{"):
            index += 1
            var isFirst = true
            while try next(until: UInt8(ascii: "}"), isFirst: isFirst) {
                isFirst = false
                try skipString()
                try expect(UInt8(ascii: ":"))
                _ = try skipValue(depth: depth + 1)
            }
        case UInt8(ascii: "["):
            index += 1
            var isFirst = true
            while try next(until: UInt8(ascii: "]"), isFirst: isFirst) {
                isFirst = false
                _ = try skipValue(depth: depth + 1)
            }
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: _ = try numberRange()
        }
        return start..<index
    }

    private mutating func skipString() throws(JSONError) {
        try expect(UInt8(ascii: "\""))
        while index < end {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return }
            if byte == UInt8(ascii: "\\") { index += 1 }
        }
        throw error("the string does not end")
    }

    /// A string's content, unescaped and checked as UTF-8.
    mutating func string() throws(JSONError) -> String {
        try expect(UInt8(ascii: "\""))
        let start = index
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                let content = bytes[start..<index]
                guard let text = String(validating: content, as: UTF8.self) else { throw error("not UTF-8") }
                index += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            if byte < 0x20 { throw error("a control character in a string") }
            index += 1
        }
        throw error("the string does not end")
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var content = Array(bytes[start..<index])
        while index < end {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else { throw error("not UTF-8") }
                return text
            case UInt8(ascii: "\\"): content += try escape()
            case 0..<0x20: throw error("a control character in a string")
            default: content.append(byte)
            }
        }
        throw error("the string does not end")
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        guard index < end else { throw error("the string does not end") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw error("unknown escape")
        }
    }

    private mutating func unicodeEscape() throws(JSONError) -> [UInt8] {
        var value = UInt32(try hexQuad())
        if (0xD800..<0xDC00).contains(value) {
            guard index + 1 < end, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
                throw error("half a surrogate pair")
            }
            index += 2
            let low = UInt32(try hexQuad())
            guard (0xDC00..<0xE000).contains(low) else { throw error("half a surrogate pair") }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = UnicodeScalar(value) else { throw error("half a surrogate pair") }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexQuad() throws(JSONError) -> UInt16 {
        guard index + 4 <= end else { throw error("the string does not end") }
        let text = bytes[index..<(index + 4)]
        guard text.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            let value = UInt16(String(decoding: text, as: UTF8.self), radix: 16)
        else { throw error("not four hexadecimal digits") }
        index += 4
        return value
    }
}
