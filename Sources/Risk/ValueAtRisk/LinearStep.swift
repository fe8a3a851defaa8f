/// Matrix times vector over columns of doubles: the profit of every scenario where value is linear in its factors.
package enum LinearStep {
    /// Adds `weights[i] x row rows[i]` of the matrix to the sums, in that order. A row is `count` doubles long, one for
    /// each scenario, and starts at its number x count. Nothing is allocated; the sums are as many as the scenarios.
    package static func add(
        _ weights: [Double], rows: [Int], of matrix: [Double], count: Int, to sums: inout [Double]
    ) {
        precondition(weights.count == rows.count && sums.count == count, "columns of different lengths")
        precondition(rows.allSatisfy { $0 >= 0 && ($0 + 1) * count <= matrix.count }, "a row outside the matrix")
        matrix.withUnsafeBufferPointer { matrix in
            sums.withUnsafeMutableBufferPointer { sums in
                var index = 0
                // Four rows a pass, so that the sums are read and written a quarter as often.
                while index + 4 <= rows.count {
                    let (a, b, c, d) = (weights[index], weights[index + 1], weights[index + 2], weights[index + 3])
                    let (p, q) = (rows[index] &* count, rows[index + 1] &* count)
                    let (r, s) = (rows[index + 2] &* count, rows[index + 3] &* count)
                    for t in 0..<count {
                        sums[t] =
                            sums[t] + a * matrix[p &+ t] + b * matrix[q &+ t] + c * matrix[r &+ t] + d * matrix[s &+ t]
                    }
                    index += 4
                }
                while index < rows.count {
                    let (weight, start) = (weights[index], rows[index] &* count)
                    for t in 0..<count { sums[t] += weight * matrix[start &+ t] }
                    index += 1
                }
            }
        }
    }
}
