package import PortfolioModel

/// P&L in base currency by what made it (domain.md, P&L attribution); the terms add up to the P&L exactly.
package struct ProfitTerms: Sendable, Hashable {
    /// Raw values are what documents and tables show.
    package enum Term: String, Sendable, CaseIterable {
        /// Moves of the underlying's price times the delta at the start of each move.
        case delta
        /// What delta's own change with the price added.
        case gamma
        case theta, vega, rho
        /// Closing value x change of the exchange rate.
        case fx
        /// Dividends and interest less fees; of options also what they did not lose on an ex-date.
        case carry
        /// From the prices of fills, expiries, exercises and assignments to the marks beside them.
        case fills
        /// Earned before the position was first seen.
        case beforeTracking
        /// What no other term explains.
        case residual
    }

    private var values = [FixedDecimal](repeating: .zero, count: Term.allCases.count)

    package init() {}

    package subscript(term: Term) -> FixedDecimal {
        get { values[term.place] }
        set { values[term.place] = newValue }
    }

    package mutating func add(_ amount: FixedDecimal, to term: Term) throws(DecimalError) {
        self[term] = try self[term] + amount
    }

    package mutating func add(_ other: ProfitTerms) throws(DecimalError) {
        for place in values.indices { values[place] = try values[place] + other.values[place] }
    }

    /// The P&L.
    package var total: FixedDecimal { get throws(DecimalError) { try FixedDecimal.sum(values) } }

    /// Sum of the terms' magnitudes, the residual left out.
    package var explained: Double {
        Term.allCases.reduce(0) { $1 == .residual ? $0 : $0 + self[$1].magnitude.doubleValue }
    }

    /// |residual| / sum of |terms|: 0 is best. nil when there is a residual and nothing else.
    package var quality: Double? {
        let residual = self[.residual].magnitude.doubleValue
        if residual == 0 { return 0 }
        return explained > 0 ? residual / explained : nil
    }
}

extension ProfitTerms.Term {
    fileprivate var place: Int {
        switch self {
        case .delta: 0
        case .gamma: 1
        case .theta: 2
        case .vega: 3
        case .rho: 4
        case .fx: 5
        case .carry: 6
        case .fills: 7
        case .beforeTracking: 8
        case .residual: 9
        }
    }
}
