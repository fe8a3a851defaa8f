/// The equation of the exercise boundary at the nodes: value matching, fixed point system B of Andersen, Lake and
/// Offengenden (2016), section 3, in logarithms.
struct BoundaryEquation {
    private let scheme: BoundaryScheme
    private let terms: [BoundaryTerm]
    private let logarithmOfStart: Double
    private let carry: Double
    private let volatility: Double
    private let rootOfYears: Double

    init(_ inputs: ExerciseBoundary.Inputs, start: Double, _ scheme: BoundaryScheme) {
        self.scheme = scheme
        volatility = inputs.volatility
        carry = inputs.rate - inputs.yield
        rootOfYears = inputs.years.squareRoot()
        logarithmOfStart = logarithm(start)
        terms = BoundaryTerm.all(inputs, scheme)
    }

    /// How much each node's ln(boundary / start) differs from what the equation makes of all of them.
    func residuals(_ logarithms: [Double]) -> [Double] {
        let squares = logarithms.map { $0 * $0 }
        return logarithms.indices.map { node in
            let sums = sums(node, logarithms[node], squares)
            return residual(sums.top, sums.bottom, node, logarithms[node])
        }
    }

    /// The residuals beside their derivatives in the logarithms, row by row.
    func linearised(_ logarithms: [Double]) -> (residuals: [Double], slopes: [Double]) {
        let squares = logarithms.map { $0 * $0 }
        var slopes: [Double] = []
        slopes.reserveCapacity(squares.count * squares.count)
        var shares: [Share] = []
        shares.reserveCapacity(scheme.rule.nodes.count)
        let residuals = logarithms.indices.map { node -> Double in
            shares.removeAll(keepingCapacity: true)
            let sums = sums(node, logarithms[node], squares) { shares.append($0) }
            appendSlopes(sums.top, sums.bottom, shares, node, logarithms, &slopes)
            return residual(sums.top, sums.bottom, node, logarithms[node])
        }
        return (residuals, slopes)
    }

    /// A step's part of the two integrals' derivatives in the distance, and 1 / ln(start / boundary) at its points.
    private struct Share {
        var top: Lanes
        var bottom: Lanes
        var inverseDistance: Lanes
    }

    /// The interest on the strike and the payout that one node's equation integrates; `body` takes what their
    /// derivatives need, step by step.
    @inline(__always)
    private func sums(
        _ node: Int, _ logarithm: Double, _ squares: [Double], _ body: (Share) -> Void = { _ in }
    ) -> (top: Double, bottom: Double) {
        let steps = scheme.rule.nodes.count
        let (terms, weights, squares) = (terms.span, scheme.weights.span, squares.span)
        var (top, bottom) = (Lanes.zero, Lanes.zero)
        for step in (node * steps)..<((node + 1) * steps) {
            let term = terms[step]
            let distance = BoundaryScheme.distance(weights, squares, step)
            let centre = (distance + logarithm + term.drift) * term.inverseWidth
            let lower = (centre - term.halfWidth).normal
            let upper = (centre + term.halfWidth).normal
            top += term.interest * lower.cumulative
            bottom += term.payout * upper.cumulative
            body(
                Share(
                    top: term.interest * term.inverseWidth * lower.density,
                    bottom: term.payout * term.inverseWidth * upper.density,
                    inverseDistance: (1 / distance).when(distance .> Lanes.zero, else: .zero)))
        }
        return (top.sum(), bottom.sum())
    }

    /// Deviations of the node's boundary from the strike, as d2 and d1, and the width that they are in.
    private func deviations(_ node: Int, _ logarithm: Double) -> (lower: Double, upper: Double, width: Double) {
        let root = scheme.roots[node] * rootOfYears
        let width = volatility * root
        let centre = (logarithm + logarithmOfStart + carry * root * root) / width
        return (centre - width / 2, centre + width / 2, width)
    }

    private func residual(_ top: Double, _ bottom: Double, _ node: Int, _ logarithm: Double) -> Double {
        let root = scheme.roots[node] * rootOfYears
        let (lower, upper, _) = deviations(node, logarithm)
        return logarithm + logarithmOfStart + carry * root * root
            - logarithmOfRatio(Normal.cumulative(lower) + top, Normal.cumulative(upper) + bottom)
    }

    /// Adds a node's row: its own logarithm moves every distance, and all of them move by the interpolation.
    private func appendSlopes(
        _ top: Double, _ bottom: Double, _ shares: [Share], _ node: Int, _ logarithms: [Double],
        _ slopes: inout [Double]
    ) {
        let count = logarithms.count
        let first = node * shares.count
        let (lower, upper, width) = deviations(node, logarithms[node])
        let perTop = 1 / (Normal.cumulative(lower) + top)
        let perBottom = 1 / (Normal.cumulative(upper) + bottom)
        let outside = (Normal.density(lower) * perTop - Normal.density(upper) * perBottom) / width
        let (weights, shares) = (scheme.weights.span, shares.span)
        var own = Lanes.zero
        var columns = [Lanes](repeating: .zero, count: count)
        for step in shares.indices {
            let share = shares[step]
            let slope = share.top * perTop - share.bottom * perBottom
            own += slope
            let weighted = slope * share.inverseDistance
            let place = (first + step) * count
            for index in 0..<count { columns[index] += weights[place + index] * weighted }
        }
        for index in 0..<count {
            let all = -columns[index].sum() * logarithms[index]
            slopes.append(index == node ? all + 1 - outside - own.sum() : all)
        }
    }
}
