/// How far a figure can be relied on. Ordered from best to worst.
package enum FigureState: String, Sendable, Comparable, CaseIterable, Codable {
    /// Stated by its source for the present session, or final for a past one.
    case confirmed
    /// The last thing known, from a source that no longer speaks.
    case stale
    /// There is no value. Never zero.
    case unknown

    private var rank: Int {
        switch self {
        case .confirmed: 0
        case .stale: 1
        case .unknown: 2
        }
    }

    package static func < (left: FigureState, right: FigureState) -> Bool { left.rank < right.rank }

    /// The worse of two: what a figure made of both is.
    @inlinable @inline(__always)
    package func combined(with other: FigureState) -> FigureState { max(self, other) }
}

/// A value with its state, as-of time and source. `value` is nil exactly when the state is `unknown`.
package struct Figure<Value: Sendable>: Sendable {
    package let value: Value?
    package let state: FigureState
    package let asOf: Timestamp?
    /// Who said so: `tastytrade`, `fidelity`, `model`, `config`; several joined by `+`.
    package let source: String
    /// Why there is no value; nil when there is one.
    package let reason: String?

    // Inlinable, with all that makes one: a generic value made through another module's unspecialised code costs more
    // than the arithmetic it carries (an eighth of a quote's whole way).
    @inlinable @inline(__always)
    package init(value: Value?, state: FigureState, asOf: Timestamp?, source: String, reason: String?) {
        (self.value, self.state, self.asOf, self.source, self.reason) = (value, state, asOf, source, reason)
    }

    @inlinable @inline(__always)
    package static func confirmed(_ value: Value, asOf: Timestamp?, source: String) -> Figure {
        Figure(value: value, state: .confirmed, asOf: asOf, source: source, reason: nil)
    }

    @inlinable @inline(__always)
    package static func stale(_ value: Value, asOf: Timestamp?, source: String) -> Figure {
        Figure(value: value, state: .stale, asOf: asOf, source: source, reason: nil)
    }

    @inlinable @inline(__always)
    package static func unknown(_ reason: String, source: String = "", asOf: Timestamp? = nil) -> Figure {
        Figure(value: nil, state: .unknown, asOf: asOf, source: source, reason: reason)
    }

    /// A known value with a computed state; `.unknown` as the state drops the value.
    @inlinable @inline(__always)
    package static func known(_ value: Value, _ state: FigureState, asOf: Timestamp?, source: String) -> Figure {
        state == .unknown
            ? .unknown("state unknown", source: source, asOf: asOf)
            : Figure(value: value, state: state, asOf: asOf, source: source, reason: nil)
    }

    @inlinable @inline(__always)
    package func map<Other: Sendable>(_ transform: (Value) throws -> Other) rethrows -> Figure<Other> {
        guard let value else { return .unknown(reason ?? "unknown", source: source, asOf: asOf) }
        return .known(try transform(value), state, asOf: asOf, source: source)
    }

    /// The same value, at most as good as `state`.
    @inlinable @inline(__always)
    package func degraded(to worse: FigureState) -> Figure {
        guard let value, worse > state else { return self }
        return .known(value, worse, asOf: asOf, source: source)
    }
}

extension Figure: Equatable where Value: Equatable {}

/// A money figure keeps its currency even when the amount is unknown.
package struct MoneyFigure: Sendable, Equatable {
    package let amount: Figure<FixedDecimal>
    package let currency: Currency

    package init(_ amount: Figure<FixedDecimal>, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    package static func unknown(_ reason: String, _ currency: Currency) -> MoneyFigure {
        MoneyFigure(.unknown(reason), currency)
    }

    package var money: Money? { amount.value.map { Money($0, currency) } }
}

/// A sum of money figures in one currency. With a part unknown the value is unknown, and what is known stands beside
/// it.
package struct MoneyTotal: Sendable, Equatable {
    package private(set) var known: FixedDecimal
    package let currency: Currency
    /// Names of the parts without a figure, sorted on output.
    package private(set) var missing: [String] = []
    package private(set) var state: FigureState = .confirmed
    package private(set) var asOf: Timestamp?

    package init(_ currency: Currency) {
        known = .zero
        self.currency = currency
    }

    /// Adds one part. Its currency must be the total's; a part in another one counts as missing.
    package mutating func add(_ part: MoneyFigure, named name: String) throws(DecimalError) {
        guard let value = part.amount.value, part.currency == currency else {
            missing.append(name)
            return
        }
        known = try known + value
        state = state.combined(with: part.amount.state)
        if let time = part.amount.asOf { asOf = min(asOf ?? time, time) }
    }

    package var figure: MoneyFigure {
        if !missing.isEmpty {
            return MoneyFigure(.unknown("\(missing.count) part(s) without a figure", asOf: asOf), currency)
        }
        return MoneyFigure(.known(known, state, asOf: asOf, source: "book"), currency)
    }
}
