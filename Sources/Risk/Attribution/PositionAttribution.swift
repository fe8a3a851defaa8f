package import PortfolioModel

/// One position's P&L over an interval by terms: the sum of the steps between its consecutive edges, never one step
/// over all of it.
package struct PositionAttribution: Sendable {
    /// How the interval's first edge stands to the position.
    package enum Opening: Sendable, Hashable {
        /// It was there before: the edge is only where the interval starts.
        case earlier
        /// The edge is the first ever kept: since when it was opened, or first seen.
        case here
        /// The edge is the first ever kept, of a position that was there when the interval began: what it made until
        /// then is not known.
        case later
    }

    /// Largest share of the residual that is not flagged, by calendar days to expiry at each step's start. Discrete
    /// steps explain less of an option close to its end.
    package struct Limits: Sendable, Hashable {
        package var usual: Double
        package var nearExpiry: Double
        package var nearDays: Double

        package init(usual: Double = 0.02, nearExpiry: Double = 0.1, nearDays: Double = 5) {
            (self.usual, self.nearExpiry, self.nearDays) = (usual, nearExpiry, nearDays)
        }

        func limit(_ edge: ValuationEdge, _ contract: AttributionContract) -> Double {
            guard let ending = contract.ending else { return usual }
            return ending.at.seconds(since: edge.at) > nearDays * 86_400 ? usual : nearExpiry
        }
    }

    package let contract: AttributionContract
    /// Of the first and the last edge that could be used; nil without any.
    package let from: Timestamp?
    package let through: Timestamp?
    package let steps: Int
    /// Steps of the last days before expiry, by the model's Greeks on the way between the edges.
    package let modelSteps: Int
    package let terms: ProfitTerms
    /// Native currency; what was earned before tracking included.
    package let nativeProfit: FixedDecimal
    /// Base currency.
    package let profit: FixedDecimal
    /// Why there are no figures; nil when there are.
    package let unknown: String?
    /// Why the profit is not known though terms of a part are: what it made before its first edge; nil when it is.
    package let incomplete: String?
    /// What is not known or was assumed, for a person; empty when nothing.
    package let gaps: [String]
    /// Sum of the steps' |terms| x their limit, and of the steps' |terms|: what `limit` is made from.
    let allowed: (weighted: Double, plain: Double)

    /// - Parameter edges: of this position, in any order, those of the interval and the last before it.
    package init(
        _ edges: [ValuationEdge], _ contract: AttributionContract, opening: Opening = .earlier,
        limits: Limits = Limits()
    ) {
        var sum = AttributionSum(contract, limits)
        do throws(DecimalError) { try sum.take(edges, opening) } catch { sum.unknown = "amount out of range" }
        self.contract = contract
        (from, through, steps) = (sum.from, sum.last?.at, sum.steps)
        modelSteps = sum.modelSteps
        (terms, nativeProfit, unknown, gaps) = (sum.terms, sum.native, sum.unknown, sum.gaps)
        incomplete = sum.unknown == nil ? sum.incomplete : nil
        profit = (try? sum.terms.total) ?? .zero
        allowed = sum.allowed
    }

    /// One of which nothing can be said.
    package init(_ contract: AttributionContract, unknown: String) {
        self.contract = contract
        (from, through, steps, modelSteps) = (nil, nil, 0, 0)
        (terms, nativeProfit, profit) = (ProfitTerms(), .zero, .zero)
        (self.unknown, incomplete, gaps) = (unknown, nil, [])
        allowed = (0, 0)
    }

    /// |residual| / sum of |terms|; nil when nothing but a residual is there, or nothing is known.
    package var quality: Double? { unknown == nil ? terms.quality : nil }
    /// What the quality may be: the limits of the steps, each as heavy as its terms.
    package var limit: Double? { allowed.plain > 0 ? allowed.weighted / allowed.plain : nil }
    /// Whether the residual is larger than it may be.
    package var isPoor: Bool { unknown == nil && terms.isPoor(limit) }
}

extension ProfitTerms {
    /// A cent and less is rounding, whatever share it is.
    func isPoor(_ limit: Double?) -> Bool {
        guard self[.residual].magnitude.doubleValue > 0.01 else { return false }
        guard let quality, let limit else { return true }
        return quality > limit
    }
}
