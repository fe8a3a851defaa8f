/// Weights that make of values at a few nodes the interpolating polynomial's value and derivatives at a point
/// (Fornberg, Generation of Finite Difference Formulas on Arbitrarily Spaced Grids, 1988).
enum DifferenceWeights {
    /// For every order from 0 on, one weight a node.
    static func at(_ point: Double, nodes: ArraySlice<Double>, orders: Int) -> [[Double]] {
        let nodes = Array(nodes)
        var weights = [[Double]](repeating: [Double](repeating: 0, count: nodes.count), count: orders + 1)
        weights[0][0] = 1
        var (scale, distance) = (1.0, nodes[0] - point)
        for node in 1..<nodes.count {
            var product = 1.0
            let before = distance
            distance = nodes[node] - point
            for other in 0..<node {
                let gap = nodes[node] - nodes[other]
                product *= gap
                if other == node - 1 {
                    for order in (0...min(node, orders)).reversed() {
                        let lower = order == 0 ? 0 : Double(order) * weights[order - 1][node - 1]
                        weights[order][node] = scale / product * (lower - before * weights[order][node - 1])
                    }
                }
                for order in (0...min(node, orders)).reversed() {
                    let lower = order == 0 ? 0 : Double(order) * weights[order - 1][other]
                    weights[order][other] = (distance * weights[order][other] - lower) / gap
                }
            }
            scale = product
        }
        return weights
    }
}
