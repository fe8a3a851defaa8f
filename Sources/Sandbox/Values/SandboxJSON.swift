import Foundation

/// JSON as a sandbox reads and writes it: a number written keeps its text, an object written its order;
/// the members of an object read are in order of their names.
package indirect enum SandboxJSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number as literal JSON text, such as `100.0` or `1.3743299E7`.
    case number(String)
    case string(String)
    case array([SandboxJSON])
    case object([Member])

    package struct Member: Sendable, Equatable {
        package var key: String
        package var value: SandboxJSON

        package init(_ key: String, _ value: SandboxJSON) {
            self.key = key
            self.value = value
        }
    }

    /// Reads bytes; nil when they are not JSON or nested deeper than Foundation allows.
    package static func parse(_ bytes: some Sequence<UInt8>) -> SandboxJSON? {
        try? JSONDecoder().decode(SandboxJSON.self, from: Data(bytes))
    }

    package static func int(_ value: some BinaryInteger) -> SandboxJSON { .number(String(value)) }

    /// A money string with at least one decimal, `"12.0"`.
    package static func money(_ amount: SandboxAmount) -> SandboxJSON { .string(amount.withDecimal) }

    package subscript(key: String) -> SandboxJSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    package var text: String? {
        if case .string(let value) = self { return value }
        return nil
    }

    /// The text of a string or of a number, where a sender may use either.
    package var textOrNumber: String? {
        switch self {
        case .string(let value), .number(let value): value
        default: nil
        }
    }

    package var integer: Int? {
        guard let textOrNumber else { return nil }
        return Int(textOrNumber) ?? Double(textOrNumber).flatMap { Int(exactly: $0) }
    }

    package var double: Double? { textOrNumber.flatMap { Double($0) } }

    package var boolean: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    package var elements: [SandboxJSON]? {
        if case .array(let value) = self { return value }
        return nil
    }

    package var members: [Member]? {
        if case .object(let value) = self { return value }
        return nil
    }
}

extension SandboxJSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package typealias Key = String
    package typealias Value = SandboxJSON

    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .int(value) }
    package init(arrayLiteral elements: SandboxJSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, Value)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
    package init(nilLiteral: ()) { self = .null }
}

extension SandboxJSON: Decodable {
    private struct MemberKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: MemberKey.self) {
            self = .object(
                try object.allKeys.sorted { $0.stringValue < $1.stringValue }
                    .map { Member($0.stringValue, try object.decode(SandboxJSON.self, forKey: $0)) })
            return
        }
        if var list = try? decoder.unkeyedContainer() {
            var elements: [SandboxJSON] = []
            while !list.isAtEnd { elements.append(try list.decode(SandboxJSON.self)) }
            self = .array(elements)
            return
        }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .bool(flag)
        } else if let whole = try? value.decode(Int64.self) {
            self = .number(String(whole))
        } else if let decimal = try? value.decode(Decimal.self) {
            self = .number(decimal.description)
        } else {
            self = .string(try value.decode(String.self))
        }
    }
}
