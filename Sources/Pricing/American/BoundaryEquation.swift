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
        let parts = logarithms.indices.map { sums($0, logarithms[$0], squares) }
        return wholes(parts, logarithms).map(\.residual)
    }

    /// The residuals beside their derivatives in the logarithms, row by row.
    func linearised(_ logarithms: [Double]) -> (residuals: [Double], slopes: [Double]) {
        let squares = logarithms.map { $0 * $0 }
        var shares: [Share] = []
        shares.reserveCapacity(terms.count)
        let parts = logarithms.indices.map { sums($0, logarithms[$0], squares) { shares.append($0) } }
        let nodes = wholes(parts, logarithms)
        var slopes: [Double] = []
        slopes.reserveCapacity(squares.count * squares.count)
        for node in logarithms.indices { appendSlopes(nodes[node], shares, node, logarithms, &slopes) }
        return (nodes.map(\.residual), slopes)
    }

    /// A step's part of the two integrals' derivatives in the distance, and 1 / ln(start / boundary) at its points.
    private struct Share {
        var top: Lanes
        var bottom: Lanes
        var inverseDistance: Lanes
    }

    /// The interest on the strike and the payout that one node's equation integrates.
    private struct Sums {
        var top: Double
        var bottom: Double
    }

    /// `body` takes what the derivatives of the integrals need, step by step.
    @inline(__always)
    private func sums(
        _ node: Int, _ logarithm: Double, _ squares: [Double], _ body: (Share) -> Void = { _ in }
    ) -> Sums {
        let steps = scheme.rule.nodes.count
        let (terms, weights, squares) = (terms.span, scheme.weights.span, squares.span)
        var (top, bottom) = (Lanes.zero, Lanes.zero)
        for step in (node * steps)..<((node + 1) * steps) {
            let term = terms[step]
            let distance = BoundaryScheme.distance(weights, squares, step)
            let centre = (distance + logarithm + term.drift) * term.inverseWidth
            let (lower, upper) = Lanes.normals(centre - term.halfWidth, centre + term.halfWidth)
            top += term.interest * lower.cumulative
            bottom += term.payout * upper.cumulative
            body(
                Share(
                    top: term.interest * term.inverseWidth * lower.density,
                    bottom: term.payout * term.inverseWidth * upper.density,
                    inverseDistance: (1 / distance).when(distance .> Lanes.zero, else: .zero)))
        }
        return Sums(top: top.sum(), bottom: bottom.sum())
    }

    /// One node's equation with the terms outside the integrals.
    private struct Whole {
        var residual: Double
        /// 1 over what the equation divides by one another.
        var perTop: Double
        var perBottom: Double
        /// Derivative of the terms outside the integrals in the node's own logarithm.
        var outside: Double
    }

    /// The nodes side by side: the boundary's deviations from the strike are d1 and d2 over the whole time left.
    private func wholes(_ sums: [Sums], _ logarithms: [Double]) -> [Whole] {
        var found: [Whole] = []
        found.reserveCapacity(sums.count)
        for first in stride(from: 0, to: sums.count, by: Lanes.width) {
            let logarithm = logarithms.span.lanes(at: first) + logarithmOfStart
            let root = scheme.roots.span.lanes(at: first) * rootOfYears
            var (top, bottom) = (Lanes.zero, Lanes.zero)
            for lane in 0..<Lanes.width {
                (top[lane], bottom[lane]) = (sums[first + lane].top, sums[first + lane].bottom)
            }
            let (width, drift) = (root * volatility, root * root * carry)
            let centre = (logarithm + drift) / width
            let (lower, upper) = Lanes.normals(centre - width * 0.5, centre + width * 0.5)
            let (numerator, denominator) = (lower.cumulative + top, upper.cumulative + bottom)
            let residual = logarithm + drift - numerator.logarithm(over: denominator)
            // The logarithm is of positive numbers only: a boundary too low makes one negative.
            let isSound = (numerator .> Lanes.zero) .& (denominator .> Lanes.zero)
            let sound = residual.when(isSound, else: Lanes(repeating: .nan))
            let (perTop, perBottom) = (1 / numerator, 1 / denominator)
            let outside = (lower.density * perTop - upper.density * perBottom) / width
            for lane in 0..<Lanes.width {
                found.append(
                    Whole(
                        residual: sound[lane], perTop: perTop[lane], perBottom: perBottom[lane], outside: outside[lane])
                )
            }
        }
        return found
    }

    /// Adds a node's row: its own logarithm moves every distance, and all of them move by the interpolation.
    private func appendSlopes(
        _ whole: Whole, _ shares: [Share], _ node: Int, _ logarithms: [Double], _ slopes: inout [Double]
    ) {
        let count = logarithms.count
        let steps = scheme.rule.nodes.count
        let (weights, shares) = (scheme.weights.span, shares.span)
        var own = Lanes.zero
        var columns = [Lanes](repeating: .zero, count: count)
        for step in (node * steps)..<((node + 1) * steps) {
            let share = shares[step]
            let slope = share.top * whole.perTop - share.bottom * whole.perBottom
            own += slope
            let weighted = slope * share.inverseDistance
            for index in 0..<count { columns[index] += weights[step * count + index] * weighted }
        }
        for index in 0..<count {
            let all = -columns[index].sum() * logarithms[index]
            slopes.append(index == node ? all + 1 - whole.outside - own.sum() : all)
        }
    }
}
