extension PriceGrid {
    /// Where each node's values come from when the underlying's price falls by an amount.
    struct Drop {
        /// First node of the polynomial, whose weights follow; nil at or below the lowest price of the grid, where
        /// values are straight down to the one at price 0 and `share` is how far up the node is.
        var first: Int?
        /// By node of the polynomial; 0 beyond its last.
        var weights = SIMD8<Double>.zero
        var share = 0.0
    }

    /// `amount` is per unit of strike.
    func drops(by amount: Double) -> [Drop] {
        let least = exponential(lowest)
        return logarithms.map { node in
            let rest = exponential(node) - amount
            if rest <= least { return Drop(first: nil, share: max(0, rest / least)) }
            let place = logarithm(rest)
            let range = nodes(around: place)
            return Drop(first: range.lowerBound, weights: weights(at: place, range))
        }
    }

    /// Lagrange's weights of the nodes of a polynomial: products of distances, those to the place over those to the
    /// node. One number is worked on for all nodes at once, and nothing is allocated.
    private func weights(at place: Double, _ range: Range<Int>) -> SIMD8<Double> {
        var nodes = SIMD8<Double>.zero
        for (index, node) in range.enumerated() { nodes[index] = logarithms[node] }
        var (top, bottom) = (SIMD8<Double>(repeating: 1), SIMD8<Double>(repeating: 1))
        for index in 0..<Self.stencil {
            var (toPlace, toNode) = (SIMD8(repeating: place - nodes[index]), nodes - nodes[index])
            (toPlace[index], toNode[index]) = (1, 1)
            top *= toPlace
            bottom *= toNode
        }
        var weights = top / bottom
        for index in Self.stencil..<SIMD8<Double>.scalarCount { weights[index] = 0 }
        return weights
    }
}
