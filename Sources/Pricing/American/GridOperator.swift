/// The Black-Scholes operator on a grid of logarithms, for several sets of inputs side by side in lanes: central
/// differences, and at both ends a value that is straight in the price.
struct GridOperator {
    /// Coefficients of the node before, the node itself and the node after.
    struct Term {
        var before: Lanes
        var own: Lanes
        var after: Lanes
    }

    let terms: [Term]

    init(_ grid: PriceGrid, rate: Lanes, carry: Lanes, volatility: Lanes) {
        let nodes = grid.logarithms
        let variance = volatility * volatility
        let drift = carry - variance * 0.5
        terms = nodes.indices.map { node in
            if node == 0 || node == nodes.count - 1 {
                let other = nodes[node == 0 ? 1 : node - 1]
                // carry x S dV/dS, with V straight in S between this node and its neighbour.
                let slope = carry * (1 / (1 - exponential(other - nodes[node])))
                return Term(
                    before: node == 0 ? .zero : -slope, own: slope - rate, after: node == 0 ? -slope : .zero)
            }
            let (back, ahead) = (nodes[node] - nodes[node - 1], nodes[node + 1] - nodes[node])
            let span = back + ahead
            return Term(
                before: variance * (1 / (back * span)) - drift * (ahead / (back * span)),
                own: drift * ((ahead - back) / (back * ahead)) - variance * (1 / (back * ahead)) - rate,
                after: variance * (1 / (ahead * span)) + drift * (back / (ahead * span)))
        }
    }
}
