/// What can be held or priced.
package enum InstrumentKind: String, Sendable, CaseIterable, Codable {
    case equity, etf, index, equityOption, indexOption, future, futureOption, fund, bond, crypto, cash

    package var isOption: Bool { self == .equityOption || self == .indexOption || self == .futureOption }
    package var isDerivative: Bool { isOption || self == .future }
    /// Kinds that brokers confuse with one another because a ticker alone does not tell them apart.
    var isSecurity: Bool { self == .equity || self == .etf || self == .fund || self == .bond }
}

/// FIX PutOrCall (201).
package enum OptionRight: String, Sendable, Codable, CaseIterable {
    case call, put

    package var letter: Character { self == .call ? "C" : "P" }
    package init?(letter: Character) {
        switch letter {
        case "C", "c": self = .call
        case "P", "p": self = .put
        default: return nil
        }
    }
}

/// When an option may be exercised (FIX ExerciseStyle, 1194).
package enum ExerciseStyle: String, Sendable, Codable, CaseIterable { case american, european }

/// How a contract settles (FIX SettlMethod) and, for cash-settled index options, at which print.
package struct Settlement: Hashable, Sendable, Codable {
    package enum Method: String, Sendable, Codable { case cash, physical }
    package enum Time: String, Sendable, Codable { case am, pm }
    package var method: Method
    package var time: Time

    package init(_ method: Method, _ time: Time = .pm) {
        self.method = method
        self.time = time
    }

    /// `cash`, `physical`, with `-am` for the morning print.
    package var description: String { time == .am ? "\(method.rawValue)-am" : method.rawValue }

    package init?(_ text: String) {
        let parts = text.split(separator: "-")
        guard let first = parts.first, let method = Method(rawValue: String(first)) else { return nil }
        self.init(method, parts.count > 1 && parts[1] == "am" ? .am : .pm)
    }
}
