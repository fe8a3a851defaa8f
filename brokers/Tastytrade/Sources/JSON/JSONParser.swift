/// Turns a whole document into a `JSONValue`. Refuses duplicate keys, deep nesting, oversize documents, trailing text.
struct JSONParser {
    static let maximumBytes = 32 << 20

    static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        guard bytes.count <= maximumBytes else {
            throw JSONError(reason: "the document exceeds \(maximumBytes) bytes", offset: maximumBytes)
        }
        var scanner = JSONScanner(bytes)
        let value = try value(&scanner, depth: 0)
        try scanner.expectEnd()
        return value
    }

    private static func value(_ scanner: inout JSONScanner, depth: Int) throws(JSONError) -> JSONValue {
        guard depth < JSONScanner.maximumDepth else {
            throw scanner.error("nested deeper than \(JSONScanner.maximumDepth)")
        }
        switch scanner.peek() {
        case nil: throw scanner.error("the document ends early")
        case UInt8(ascii: "{"): return .object(try object(&scanner, depth: depth))
        case UInt8(ascii: "["): return .array(try array(&scanner, depth: depth))
        case UInt8(ascii: "\""): return .string(try scanner.string())
        case UInt8(ascii: "t"):
            try scanner.literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try scanner.literal("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try scanner.literal("null")
            return .null
        default:
            let range = try scanner.numberRange()
            return .number(String(decoding: scanner.bytes[range], as: UTF8.self))
        }
    }

    private static func object(_ scanner: inout JSONScanner, depth: Int) throws(JSONError) -> JSONObject {
        try scanner.expect(UInt8(ascii: "{"))
        var object = JSONObject()
        var isFirst = true
        while try scanner.next(until: UInt8(ascii: "}"), isFirst: isFirst) {
            isFirst = false
            let key = try scanner.key()
            let member = try value(&scanner, depth: depth + 1)
            guard object.add(key, member) else { throw scanner.error("one key stands twice in one object") }
        }
        return object
    }

    private static func array(_ scanner: inout JSONScanner, depth: Int) throws(JSONError) -> [JSONValue] {
        try scanner.expect(UInt8(ascii: "["))
        var array: [JSONValue] = []
        while try scanner.next(until: UInt8(ascii: "]"), isFirst: array.isEmpty) {
            array.append(try value(&scanner, depth: depth + 1))
        }
        return array
    }
}
