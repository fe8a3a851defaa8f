import Foundation

/// Logarithms of the underlying's price over the strike at which a grid solver works, dense at the strike.
struct PriceGrid {
    /// Rising for a put, falling for a call, so that exercise comes first.
    let logarithms: [Double]
    /// Nodes of the polynomial that interpolates.
    static let stencil = 6

    /// `reach` is how far the grid goes on both sides of the strike; around it the nodes are dense within `density`.
    /// The strike lies midway between the two middle nodes, where the payoff's corner does the least harm (Pooley,
    /// Vetzal and Forsyth 2003), and nodes move smoothly with both lengths. `nodes` is even.
    init(nodes: Int, reach: Double, density: Double, isFalling: Bool) {
        let step = 2 * asinh(reach / density) / Double(nodes - 1)
        let rising = (0..<nodes).map { density * sinh((Double($0) - Double(nodes - 1) / 2) * step) }
        logarithms = isFalling ? rising.reversed() : rising
    }

    var lowest: Double { min(logarithms[0], logarithms[logarithms.count - 1]) }

    /// The nodes around a logarithm that its polynomial goes through.
    func nodes(around logarithm: Double) -> Range<Int> {
        let isFalling = logarithms[0] > logarithms[1]
        var (low, high) = (0, logarithms.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if (logarithms[middle] > logarithm) == isFalling { low = middle } else { high = middle }
        }
        let first = max(0, min(logarithms.count - Self.stencil, low - Self.stencil / 2 + 1))
        return first..<(first + Self.stencil)
    }
}
