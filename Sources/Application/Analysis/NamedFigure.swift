import PortfolioModel
import Risk

/// A figure of the book by name, as it is compared; nil with the reason where it is unknown.
struct NamedFigure: Sendable {
    /// Money exactly, Greeks and ratios as numbers: decimal strings and numbers in documents.
    enum Amount: Codable, Sendable, Equatable {
        case money(FixedDecimal)
        case number(Double)

        var doubleValue: Double {
            switch self {
            case .money(let amount): amount.doubleValue
            case .number(let number): number
            }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .money(try container.decode(FixedDecimal.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .money(let amount): try container.encode(amount)
            case .number(let number): try container.encode(number)
            }
        }

        /// nil for money and a number, and out of range.
        static func difference(_ later: Amount, _ earlier: Amount) -> Amount? {
            switch (later, earlier) {
            case (.money(let later), .money(let earlier)): (try? later - earlier).map { .money($0) }
            case (.number(let later), .number(let earlier)): (later - earlier).documented.map { .number($0) }
            default: nil
            }
        }
    }

    var name: String
    var value: Amount?
    var reason: String?
    /// Names of all parts that the value is without.
    var lacking: Set<String> = []

    /// The reason of a total that lacks parts; nil of one that lacks none.
    static func missing(_ parts: [String]) -> String? {
        parts.isEmpty ? nil : "missing \(parts.abridged)"
    }

    static func money(_ name: String, _ amount: FixedDecimal?, reason: String? = nil) -> NamedFigure {
        NamedFigure(name: name, value: amount.map { .money($0) }, reason: reason)
    }

    static func money(_ name: String, _ amount: Double?, _ base: Currency, reason: String? = nil) -> NamedFigure {
        money(name, amount.flatMap { ModelAmount($0, base) }?.value, reason: reason)
    }

    static func number(_ name: String, _ value: Double?, reason: String? = nil) -> NamedFigure {
        NamedFigure(name: name, value: value?.documented.map { .number($0) }, reason: reason)
    }

    /// Without some parts, and for that reason where it is unknown.
    func without(_ parts: [String]) -> NamedFigure {
        var figure = self
        figure.lacking = Set(parts)
        if figure.reason == nil { figure.reason = Self.missing(parts) }
        return figure
    }

    /// Unknown where it is without one of these parts.
    func complete(in parts: Set<String>) -> NamedFigure {
        let missing = lacking.intersection(parts)
        guard !missing.isEmpty else { return self }
        return NamedFigure(name: name, value: nil, reason: Self.missing(missing.sorted()), lacking: lacking)
    }
}
