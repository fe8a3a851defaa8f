import Foundation

/// Nodes and weights of a quadrature rule on -1 ... 1, in steps of `Lanes.width`; a last step that is not full holds
/// nodes of weight 0.
struct Quadrature: Sendable {
    let nodes: [Lanes]
    let weights: [Lanes]

    private init(_ points: [(node: Double, weight: Double)]) {
        let count = (points.count + Lanes.width - 1) / Lanes.width
        var nodes = [Lanes](repeating: .zero, count: count)
        var weights = nodes
        for (index, point) in points.enumerated() {
            nodes[index / Lanes.width][index % Lanes.width] = point.node
            weights[index / Lanes.width][index % Lanes.width] = point.weight
        }
        (self.nodes, self.weights) = (nodes, weights)
    }

    /// Gauss and Legendre's rule: exact for polynomials of degree 2 `count` - 1.
    static func gaussLegendre(_ count: Int) -> Quadrature {
        Quadrature(
            (0..<count).map { index in
                var node = cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
                var slope = 0.0
                for _ in 0..<8 {
                    var (before, value) = (0.0, 1.0)
                    for degree in 1...count {
                        let next =
                            (Double(2 * degree - 1) * node * value - Double(degree - 1) * before) / Double(degree)
                        (before, value) = (value, next)
                    }
                    slope = Double(count) * (node * value - before) / (node * node - 1)
                    node -= value / slope
                }
                return (node, 2 / ((1 - node * node) * slope * slope))
            })
    }

    /// The double exponential rule (Takahasi and Mori 1974): nodes crowd at the ends, where integrands may change
    /// fast.
    static func doubleExponential(_ count: Int, reach: Double) -> Quadrature {
        let step = 2 * reach / Double(count - 1)
        let points = (0..<count).map { index -> (node: Double, weight: Double) in
            let t = -reach + step * Double(index)
            let u = Double.pi / 2 * sinh(t)
            return (tanh(u), step * Double.pi / 2 * cosh(t) / (cosh(u) * cosh(u)))
        }
        return Quadrature(points)
    }
}
