import Risk
import Testing

struct LinearStepTests {
    @Test(arguments: [(0, 5), (1, 1), (3, 7), (4, 8), (9, 13), (101, 50)])
    func step_isTheProductOfMatrixAndVector(rows: Int, count: Int) {
        let matrix = LegMaker.returns(rows * count, size: 0.02, seed: UInt64(rows + 1))
        let weights = LegMaker.returns(rows, size: 1000, seed: 7)
        // Every other order, so that a row's number matters.
        let order = (0..<rows).map { rows - 1 - $0 }
        var sums = [Double](repeating: 0.5, count: count)
        LinearStep.add(weights, rows: order, of: matrix, count: count, to: &sums)
        for t in 0..<count {
            var expected = 0.5
            for (weight, row) in zip(weights, order) { expected += weight * matrix[row * count + t] }
            #expect(isClose(sums[t], expected, 1e-12))
        }
    }
}
