import Testing

@testable import Risk

/// A part is the multiple of 2^-60 nearest to its value, ties to even.
struct ExactSumTests {
    /// By the definition: scaling by a power of two is exact, and so is rounding a double.
    private static func defined(_ value: Double) -> Int128 { Int128((value * 0x1p60).rounded(.toNearestOrEven)) }

    @Test func part_isTheNearestMultiple_overAllSizesAndSigns() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200_000 {
            let scale = Double(sign: .plus, exponent: Int.random(in: -130...49, using: &random), significand: 1)
            let value = Double.random(in: -2...2, using: &random) * scale
            guard value.magnitude <= ExactSum.limit else { continue }
            #expect(ExactSum.parts(value) == Self.defined(value), "\(value)")
        }
    }

    private static let edges: [Double] = [
        0, -0.0, 0.5, -0.5, 1.5, 0x1p-60, 0x1p-61, 0x1.8p-60, -0x1.8p-60, 0x1p-62, 0x1p-1074, 1e15, -1e15,
    ]

    @Test(arguments: edges)
    func part_isTheNearestMultiple_atTheEdges(value: Double) {
        #expect(ExactSum.parts(value) == Self.defined(value))
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1.1e15, -1.1e15])
    func part_isNothing_beyondTheLimit(value: Double) {
        #expect(ExactSum.parts(value) == 0)
    }
}
