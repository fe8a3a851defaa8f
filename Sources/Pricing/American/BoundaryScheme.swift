import Foundation

/// How finely an exercise boundary is solved, with what depends on nothing else: the nodes, and the interpolation from
/// them to the points of every integral.
struct BoundaryScheme: Sendable {
    /// Unknown nodes, the one at time 0 not counted; a multiple of the lanes.
    let nodes: Int
    let rule: Quadrature
    /// Root of time of each node, as a share of the whole term's; the longest first.
    let roots: [Double]
    /// For every node and step of the rule, the weights of the nodes' values: `nodes` lanes each.
    let weights: [Lanes]

    /// For the integral that values an option.
    let valuationRule: Quadrature
    let valuationWeights: [Lanes]

    /// Errors below 1e-6 of the strike over most of what is traded.
    static let fine = BoundaryScheme(nodes: 12, points: 24, valuationPoints: 40)
    /// About 1e-5: a start for the fine one, and enough for what small changes of the inputs change.
    static let coarse = BoundaryScheme(nodes: 8, points: 12, valuationPoints: 20)

    private init(nodes: Int, points: Int, valuationPoints: Int) {
        valuationRule = .gaussLegendre(valuationPoints)
        self.nodes = nodes
        rule = .gaussLegendre(points)
        roots = (0..<nodes).map { (1 + cos(Double.pi * Double($0) / Double(nodes))) / 2 }
        weights = roots.flatMap { [rule] root in Self.weights(nodes, rule, root: root) }
        valuationWeights = Self.weights(nodes, valuationRule, root: 1)
    }

    /// A boundary's logarithms at the fine scheme's nodes, from those at the coarse one's.
    static func refined(_ values: [Double]) -> [Double] {
        refinement.map { weights in
            -max(1e-16, zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }).squareRoot()
        }
    }

    private static let refinement = fine.roots.map { interpolation(coarse.nodes, at: 2 * $0 - 1) }

    /// ln(start / boundary) at the points of a step that the weights belong to, from the nodes' squared logarithms.
    @inline(__always)
    static func distance(_ weights: Span<Lanes>, _ squares: Span<Double>, _ step: Int) -> Lanes {
        var sum = Lanes.zero
        for index in 0..<squares.count { sum += weights[step * squares.count + index] * squares[index] }
        return sum.when(sum .> Lanes.zero, else: .zero).squareRoot()
    }

    /// Weights of the nodes' values at the times of an integral over a share `root` squared of the term.
    private static func weights(_ nodes: Int, _ rule: Quadrature, root: Double) -> [Lanes] {
        rule.nodes.flatMap { step -> [Lanes] in
            var rows = [Lanes](repeating: .zero, count: nodes)
            for lane in 0..<Lanes.width {
                let half = (1 + step[lane]) / 2
                let values = interpolation(nodes, at: 2 * root * (1 - half * half).squareRoot() - 1)
                for node in 0..<nodes { rows[node][lane] = values[node] }
            }
            return rows
        }
    }

    /// Weights of the values at Chebyshev's extrema for the interpolated value at `z` in -1 ... 1 (barycentric formula,
    /// Berrut and Trefethen 2004). The last extremum's value is 0 and its weight is left out.
    static func interpolation(_ nodes: Int, at z: Double) -> [Double] {
        var top = [Double](repeating: 0, count: nodes + 1)
        var sum = 0.0
        for node in 0...nodes {
            let distance = z - cos(Double.pi * Double(node) / Double(nodes))
            let isEnd = node == 0 || node == nodes
            if distance == 0 {
                return (0..<nodes).map { $0 == node ? 1 : 0 }
            }
            let weight = (node % 2 == 0 ? 1.0 : -1) * (isEnd ? 0.5 : 1) / distance
            top[node] = weight
            sum += weight
        }
        return top.dropLast().map { $0 / sum }
    }
}
