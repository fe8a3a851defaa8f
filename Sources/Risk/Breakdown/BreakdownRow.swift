package import PortfolioModel

/// The figures of one group of positions, all in base currency.
package struct BreakdownRow: Sendable {
    package var label: String
    package var positions: Int
    package var marketValue: MoneyTotal
    package var dayPnL: MoneyTotal
    package var unrealizedPnL: MoneyTotal
    package var greeks: GreeksTotal
    package var exposure: Exposure
    package var betaWeighted: BetaTotal
    /// In units of the underlying group's head; nil unless all positions are of one group and known.
    package var delta: Double?
    package var gamma: Double?
}

/// Signed dollar deltas of positions, summed. With a part unknown it is that of the others, and says so.
package struct Exposure: Sendable, Equatable {
    /// Sum of the positive ones.
    package var long: Double
    /// Sum of the negative ones, negative.
    package var short: Double
    package var missing: [String]
    package var state: FigureState

    package var net: Double { long + short }
    package var gross: Double { long - short }
    /// nil with a part unknown.
    package var knownNet: Double? { missing.isEmpty ? net : nil }
    package var knownGross: Double? { missing.isEmpty ? gross : nil }
}

/// Beta-weighted delta and gamma, summed.
package struct BetaTotal: Sendable, Equatable {
    package var known: BetaWeighting.Weighted
    package var missing: [String]
    package var state: FigureState
    package var value: BetaWeighting.Weighted? { missing.isEmpty ? known : nil }
}
