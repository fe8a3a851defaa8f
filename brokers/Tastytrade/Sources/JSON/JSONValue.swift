/// A JSON document as it was written: numbers keep their text, so that money never passes through a double.
indirect enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number's own text, checked against RFC 8259.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
    var array: [JSONValue]? { if case .array(let array) = self { array } else { nil } }
    var string: String? { if case .string(let text) = self { text } else { nil } }

    /// What it is, for messages.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// Members by key. A document that names one key twice in one object says two things, and is refused by the parser.
struct JSONObject: Sendable, Hashable {
    private(set) var members: [String: JSONValue] = [:]

    /// nil for an absent key; `.null` for a null.
    subscript(key: String) -> JSONValue? { members[key] }

    /// False when the key is there already.
    mutating func add(_ key: String, _ value: JSONValue) -> Bool {
        members.updateValue(value, forKey: key) == nil
    }
}

/// Why bytes are not a JSON document of ours. Says where, never what: a body can hold a token.
struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    var reason: String
    /// Byte offset from the start of the document.
    var offset: Int

    var description: String { "\(reason) at byte \(offset)" }
}
