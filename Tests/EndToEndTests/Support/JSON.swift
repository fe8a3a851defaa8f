import Foundation
import PortfolioModel

/// A JSON value read loosely: what is not there is `.null`. Numbers keep what Foundation read.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(parsing data: Data) throws {
        self.init(try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed))
    }

    private init(_ value: Any) {
        switch value {
        case let value as [String: Any]: self = .object(value.mapValues(JSON.init))
        case let value as [Any]: self = .array(value.map(JSON.init))
        case let value as String: self = .string(value)
        case let value as NSNumber:
            self = String(cString: value.objCType) == "c" ? .bool(value.boolValue) : .number(value.doubleValue)
        default: self = .null
        }
    }

    subscript(key: String) -> JSON { if case .object(let fields) = self { fields[key] ?? .null } else { .null } }
    subscript(index: Int) -> JSON { if case .array(let items) = self { items[index] } else { .null } }
    var items: [JSON] { if case .array(let items) = self { items } else { [] } }
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var double: Double? { if case .number(let number) = self { number } else { nil } }
    var isNull: Bool { self == .null }
    /// An exact decimal string as a decimal.
    var decimal: FixedDecimal? { text.flatMap { try? FixedDecimal($0) } }
}
