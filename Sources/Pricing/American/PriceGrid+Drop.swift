extension PriceGrid {
    /// Where each node's values come from when the underlying's price falls by an amount.
    struct Drop {
        /// First node of the polynomial, with its weights; nil at or below the lowest price of the grid, where values
        /// are straight down to the one at price 0 and `share` is how far up the node is.
        var first: Int?
        var weights: [Double]
        var share: Double
    }

    /// `amount` is per unit of strike.
    func drops(by amount: Double) -> [Drop] {
        let least = exponential(lowest)
        return logarithms.map { node in
            let rest = exponential(node) - amount
            if rest <= least { return Drop(first: nil, weights: [], share: max(0, rest / least)) }
            let place = logarithm(rest)
            let range = nodes(around: place)
            return Drop(first: range.lowerBound, weights: weights(at: place, range), share: 0)
        }
    }

    /// Lagrange's weights of a few nodes.
    private func weights(at place: Double, _ range: Range<Int>) -> [Double] {
        range.map { node in
            var (top, bottom) = (1.0, 1.0)
            for other in range where other != node {
                top *= place - logarithms[other]
                bottom *= logarithms[node] - logarithms[other]
            }
            return top / bottom
        }
    }
}
