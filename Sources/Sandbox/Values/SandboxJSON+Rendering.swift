extension SandboxJSON {
    /// The JSON text, members in the order they were given.
    package var rendered: String {
        var text = ""
        append(to: &text)
        return text
    }

    /// This value with every object's members in an order drawn from a generator, as real servers vary theirs.
    package func shuffled(using generator: inout SplitMix64) -> SandboxJSON {
        switch self {
        case .array(let elements):
            .array(elements.map { $0.shuffled(using: &generator) })
        case .object(let members):
            .object(
                members.map { Member($0.key, $0.value.shuffled(using: &generator)) }.shuffled(using: &generator))
        default: self
        }
    }

    /// This object without the members whose value is null; other values unchanged.
    package var withoutNulls: SandboxJSON {
        switch self {
        case .array(let elements): .array(elements.map(\.withoutNulls))
        case .object(let members):
            .object(members.filter { $0.value != .null }.map { Member($0.key, $0.value.withoutNulls) })
        default: self
        }
    }

    /// This object with further members after its own.
    package func adding(_ more: [Member]) -> SandboxJSON {
        guard case .object(let members) = self else { return self }
        return .object(members + more)
    }

    private func append(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let literal): text += literal
        case .string(let value): Self.append(quoted: value, to: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.append(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.append(quoted: member.key, to: &text)
                text += ":"
                member.value.append(to: &text)
            }
            text += "}"
        }
    }

    private static func append(quoted value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
