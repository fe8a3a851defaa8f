/// What the integrand of the boundary's equation needs at the points of one step and does not change between
/// iterations.
struct BoundaryTerm {
    /// (rate - yield) x time back to the point.
    var drift: Lanes
    /// 1 / (volatility x root of that time), and half of its inverse.
    var inverseWidth: Lanes
    var halfWidth: Lanes
    /// Interest on the strike and yield on the underlying, with growth and quadrature weight.
    var interest: Lanes
    var payout: Lanes

    /// The terms of every node's integral, one node after the other. Times are t (1 - h^2) with h from 0 to 1, so that
    /// the root in the integrand is gone.
    static func all(_ inputs: ExerciseBoundary.Inputs, _ scheme: BoundaryScheme) -> [BoundaryTerm] {
        let (rate, yield) = (inputs.rate, inputs.yield)
        var terms: [BoundaryTerm] = []
        terms.reserveCapacity(scheme.nodes * scheme.rule.nodes.count)
        for share in scheme.roots {
            let time = share * share * inputs.years
            let root = time.squareRoot()
            for step in scheme.rule.nodes.indices {
                let half = (1 + scheme.rule.nodes[step]) * 0.5
                let back = half * half * time
                let width = half * (inputs.volatility * root)
                let weight = scheme.rule.weights[step] * half * time
                let past = time - back
                terms.append(
                    BoundaryTerm(
                        drift: back * (rate - yield), inverseWidth: 1 / width, halfWidth: width * 0.5,
                        interest: weight * rate * (past * rate).exponential,
                        payout: yield == 0 ? .zero : weight * yield * (past * yield).exponential))
            }
        }
        return terms
    }
}
