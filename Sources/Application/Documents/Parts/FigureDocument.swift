import PortfolioModel

/// `{value, state, asOf, source, reason?}`; `value` is null exactly when the state is unknown, and `reason` says why.
struct FigureDocument<Value: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
    @ExplicitNull var value: Value?
    var state: FigureState
    @ExplicitNull var asOf: Timestamp?
    var source: String
    var reason: String?

    static func unknown(_ reason: String) -> FigureDocument {
        FigureDocument(value: nil, state: .unknown, asOf: nil, source: "", reason: reason)
    }
}

extension FigureDocument where Value == FixedDecimal {
    init(_ figure: Figure<FixedDecimal>) {
        self.init(
            value: figure.value, state: figure.state, asOf: figure.asOf, source: figure.source, reason: figure.reason)
    }

    /// A model's or a ratio's double as a decimal, rounded half to even at `places`.
    init(rounding figure: Figure<Double>, places: Int) {
        self.init(
            figure.value.flatMap { FixedDecimal(approximating: $0) }
                .flatMap { try? $0.rounded(toPlaces: places, .halfEven) }
                .map { .known($0, figure.state, asOf: figure.asOf, source: figure.source) }
                ?? .unknown(figure.reason ?? "not a finite number", source: figure.source, asOf: figure.asOf))
    }
}

extension FigureDocument where Value == Double {
    init(_ figure: Figure<Double>) {
        if let value = figure.value?.documented {
            self.init(value: value, state: figure.state, asOf: figure.asOf, source: figure.source)
        } else {
            self.init(
                value: nil, state: .unknown, asOf: figure.asOf, source: figure.source,
                reason: figure.reason ?? "not a finite number")
        }
    }
}
