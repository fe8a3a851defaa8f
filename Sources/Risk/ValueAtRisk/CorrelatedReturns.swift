import Foundation

/// Draws of factor returns that are jointly normal with mean 0 and the sample covariance of a history.
struct CorrelatedReturns: Sendable {
    /// What the covariance's root is.
    enum Root: String, Sendable {
        /// The lower triangle of Cholesky's factorisation.
        case cholesky
        /// The centred returns themselves, divided by `sqrt(n - 1)`: any combination of them by independent normals has
        /// the sample covariance exactly, also where there are more factors than days or two factors are one, and the
        /// matrix is only semidefinite.
        case returns
    }

    let root: Root
    private let factorCount: Int
    /// Independent normals of one draw.
    let width: Int
    /// Of factor f from `f x width`.
    private let weights: [Double]

    /// `values` as `FactorReturns` holds them.
    init(_ values: [Double], factors: Int, days: Int) {
        var centred = values
        for f in 0..<factors {
            let mean = values[f * days..<(f + 1) * days].reduce(0, +) / Double(days)
            for t in f * days..<(f + 1) * days { centred[t] = (centred[t] - mean) / Double(days - 1).squareRoot() }
        }
        factorCount = factors
        if factors < days, let triangle = Self.cholesky(centred, factors, days) {
            (root, width, weights) = (.cholesky, factors, triangle)
        } else {
            (root, width, weights) = (.returns, days, centred)
        }
    }

    /// nil when the matrix is not safely positive definite.
    private static func cholesky(_ centred: [Double], _ factors: Int, _ days: Int) -> [Double]? {
        var triangle = [Double](repeating: 0, count: factors * factors)
        for row in 0..<factors {
            for column in 0...row {
                var sum = 0.0
                for t in 0..<days { sum += centred[row * days + t] * centred[column * days + t] }
                let variance = sum
                for k in 0..<column { sum -= triangle[row * factors + k] * triangle[column * factors + k] }
                if row == column {
                    guard sum > variance * 1e-10 else { return nil }
                    triangle[row * factors + row] = sum.squareRoot()
                } else {
                    triangle[row * factors + column] = sum / triangle[column * factors + column]
                }
            }
        }
        return triangle
    }

    /// `count` draws, laid out as `FactorReturns` lays out days. No price falls by more than all of it.
    func draws(_ count: Int, using random: inout NormalSource) -> [Double] {
        let normals = (0..<width * count).map { _ in random.next() }
        var values = [Double](repeating: 0, count: factorCount * count)
        var row = [Double](repeating: 0, count: count)
        for f in 0..<factorCount {
            for t in 0..<count { row[t] = 0 }
            let used = root == .cholesky ? f + 1 : width
            LinearStep.add(
                Array(weights[f * width..<f * width + used]), rows: Array(0..<used), of: normals, count: count, to: &row
            )
            for t in 0..<count { values[f * count + t] = max(-1, row[t]) }
        }
        return values
    }
}
