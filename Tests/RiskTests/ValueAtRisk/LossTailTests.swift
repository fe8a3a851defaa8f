import Risk
import Testing

struct LossTailTests {
    @Test(arguments: [
        // Profits -100 ... -1: losses 100, 99, …
        (100, 0.99, 1, 100.0, 100.0), (100, 0.98, 2, 99.0, 99.5), (100, 0.95, 5, 96.0, 98.0),
        // ceil(0.05 x 99) = 5.
        (99, 0.95, 5, 95.0, 97.0), (60, 0.99, 1, 60.0, 60.0), (500, 0.99, 5, 496.0, 498.0), (1, 0.99, 1, 1.0, 1.0),
    ])
    func tail_takesTheLossAtItsRank(
        count: Int, confidence: Double, rank: Int, valueAtRisk: Double, shortfall: Double
    ) throws {
        let profits = (1...count).map { -Double($0) }.reversed()
        let tail = try #require(LossTail(profits: Array(profits), confidence: confidence))
        #expect(tail.rank == rank)
        #expect(tail.valueAtRisk == valueAtRisk)
        #expect(tail.expectedShortfall == shortfall)
    }

    @Test func tail_isNegative_whenEveryOutcomeGains() throws {
        let tail = try #require(LossTail(profits: [5, 3, 4], confidence: 0.95))
        #expect(tail.valueAtRisk == -3 && tail.expectedShortfall == -3)
    }

    @Test(arguments: [([], 0.9), ([1, .nan], 0.9), ([1], 0.0), ([1], 1.0)] as [([Double], Double)])
    func tail_isNone_whenTheInputIsNone(profits: [Double], confidence: Double) {
        #expect(LossTail(profits: profits, confidence: confidence) == nil)
    }

    @Test func standardError_isTheSpacingTimesTheRanksDeviation_whenLossesAreEven() throws {
        let tail = try #require(LossTail(profits: (0..<10_000).map { Double($0) / 100 }, confidence: 0.99))
        // One rank is 0.01; the rank's deviation is sqrt(10000 x 0.99 x 0.01).
        #expect(isClose(tail.standardError, 0.01 * 99.0.squareRoot(), 1e-6))
    }

    @Test(arguments: [
        // z and density(z) / (1 - c), to the printed digits of standard tables.
        (0.5, 0.0, 0.797885), (0.9, 1.281552, 1.754983), (0.95, 1.644854, 2.062713), (0.99, 2.326348, 2.665214),
        (0.999, 3.090232, 3.367090),
    ])
    func normalTail_agreesWithTables(confidence: Double, quantile: Double, shortfall: Double) throws {
        let tail = try #require(NormalTail(confidence: confidence))
        #expect((tail.quantile - quantile).magnitude < 1e-6)
        #expect((tail.expectedShortfall - shortfall).magnitude < 1e-6)
    }
}
