import Foundation

/// Logarithms of the underlying's price over the strike at which a grid solver works, dense at the strike.
struct PriceGrid {
    /// Rising for a put, falling for a call, so that exercise comes first.
    let logarithms: [Double]
    /// Nodes of the polynomial that interpolates.
    static let stencil = 6

    /// `reach` is how far the grid goes beyond strike and spot; around the strike the nodes are dense within
    /// `density`. The strike lies midway between two nodes, where the payoff's corner does the least harm (Pooley,
    /// Vetzal and Forsyth 2003).
    init(nodes: Int, spot: Double, strike: Double, reach: Double, density: Double, isFalling: Bool) {
        let here = logarithm(spot / strike)
        let low = asinh((min(0, here) - reach) / density)
        let high = asinh((max(0, here) + reach) / density)
        let step = (high - low) / Double(nodes - 1)
        let below = (-low / step).rounded(.up)
        let rising = (0..<nodes).map { density * sinh((Double($0) - below + 0.5) * step) }
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
