/// A small square matrix in factors, for solving with several right-hand sides (Gaussian elimination with row
/// exchanges).
struct LinearSystem {
    private let size: Int
    private var factors: [Double]
    private var order: [Int]

    /// `matrix` is row by row. A singular matrix gives answers that are not finite.
    init(_ matrix: [Double], size: Int) {
        self.size = size
        factors = matrix
        order = Array(0..<size)
        for column in 0..<size {
            exchange(column)
            let inverse = 1 / factors[order[column] * size + column]
            for row in (column + 1)..<max(size, column + 1) {
                let place = order[row] * size
                let factor = factors[place + column] * inverse
                factors[place + column] = factor
                if factor == 0 { continue }
                for next in (column + 1)..<size {
                    factors[place + next] -= factor * factors[order[column] * size + next]
                }
            }
        }
    }

    private mutating func exchange(_ column: Int) {
        var best = column
        for row in column..<size
        where factors[order[row] * size + column].magnitude > factors[order[best] * size + column].magnitude {
            best = row
        }
        order.swapAt(column, best)
    }

    func solve(_ right: [Double]) -> [Double] {
        var found = order.map { right[$0] }
        for row in 0..<size {
            for column in 0..<row { found[row] -= factors[order[row] * size + column] * found[column] }
        }
        for row in (0..<size).reversed() {
            for column in (row + 1)..<max(size, row + 1) {
                found[row] -= factors[order[row] * size + column] * found[column]
            }
            found[row] /= factors[order[row] * size + row]
        }
        return found
    }
}
