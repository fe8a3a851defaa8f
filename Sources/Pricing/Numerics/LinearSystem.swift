/// A small square matrix in factors, for solving with several right-hand sides (Gaussian elimination with row
/// exchanges).
struct LinearSystem {
    private let size: Int
    /// Upper triangle, with 1 over its diagonal in the diagonal's place, and the factors of the elimination below.
    private var factors: [Double]
    private var order: [Int]

    /// `matrix` is row by row. A singular matrix gives answers that are not finite.
    init(_ matrix: [Double], size: Int) {
        self.size = size
        factors = matrix
        order = Array(0..<size)
        for column in 0..<size {
            exchange(column)
            eliminate(column)
        }
    }

    private mutating func exchange(_ column: Int) {
        var best = column
        for row in column..<size
        where factors[row * size + column].magnitude > factors[best * size + column].magnitude { best = row }
        if best == column { return }
        order.swapAt(column, best)
        for index in 0..<size { factors.swapAt(column * size + index, best * size + index) }
    }

    private mutating func eliminate(_ column: Int) {
        let size = size
        var entries = factors.mutableSpan
        let pivot = column * size
        let inverse = 1 / entries[pivot + column]
        entries[pivot + column] = inverse
        for place in stride(from: pivot + size, to: size * size, by: size) {
            let factor = entries[place + column] * inverse
            entries[place + column] = factor
            for index in (column + 1)..<max(size, column + 1) {
                entries[place + index] -= factor * entries[pivot + index]
            }
        }
    }

    func solve(_ right: [Double]) -> [Double] {
        let factors = factors.span
        var found = order.map { right[$0] }
        var values = found.mutableSpan
        for row in 0..<size {
            var value = values[row]
            for column in 0..<row { value -= factors[row * size + column] * values[column] }
            values[row] = value
        }
        for row in stride(from: size - 1, through: 0, by: -1) {
            var value = values[row]
            for column in (row + 1)..<max(size, row + 1) { value -= factors[row * size + column] * values[column] }
            values[row] = value * factors[row * size + row]
        }
        return found
    }
}
