import Testing

@testable import PortfolioModel

/// The quick quotients are the long division's, to the last place.
struct EighthPlaceTests {
    private static func long(_ product: Int128) -> Int128 {
        Rounding.halfEven.quotient(product, FixedDecimal.unitsPerOne)
    }

    private static func factor(_ random: inout SystemRandomNumberGenerator) -> Int64 {
        Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0...62, using: &random)
    }

    @Test func quotient_isTheLongDivisions_overAllSizesAndSigns() {
        var random = SystemRandomNumberGenerator()
        var taken = 0
        for _ in 0..<200_000 {
            let (left, right) = (Self.factor(&random), Self.factor(&random))
            let product = Int128(left) * Int128(right)
            let expected = Self.long(product)
            if let found = EighthPlace.quotient(left, right) {
                taken += 1
                #expect(Int128(found) == expected, "\(left) x \(right)")
            } else {
                #expect(expected.magnitude > 1 << 61, "\(left) x \(right)")
            }
            if let found = EighthPlace.quotient(product) {
                #expect(found == expected, "\(product)")
            } else {
                #expect(product.magnitude >= 1 << 104)
            }
        }
        #expect(taken > 100_000)
    }

    /// Products that end in exactly half a unit, and one beside it on either side.
    @Test func halves_goToTheEven() {
        for odd in stride(from: Int64(-2_000_001), through: 2_000_001, by: 31_250) {
            for half in [Int64(50_000_000), 150_000_000, 99_950_000_000, 4_503_599_650_000_000] {
                for beside in [Int64(-1), 0, 1] {
                    let left = half + beside
                    let expected = Self.long(Int128(left) * Int128(odd))
                    #expect(EighthPlace.quotient(left, odd).map { Int128($0) } == expected, "\(left) x \(odd)")
                    #expect(EighthPlace.quotient(Int128(left) * Int128(odd)) == expected, "\(left) x \(odd)")
                }
            }
        }
    }

    private static let carries: [Int128] = [
        (Int128(1) << 104) - 1, (Int128(1) << 64) - 1, Int128(1) << 64, (Int128(1) << 64) + 90_448_384,
        (Int128(1) << 96) + (Int128(1) << 64) - 1,
    ]

    @Test func quotient_isRight_whereAWordCarries() {
        for product in Self.carries + Self.carries.map({ -$0 }) {
            #expect(EighthPlace.quotient(product) == Self.long(product))
        }
    }

    @Test func products_beyondTheQuickWays_areTheSame() throws {
        let large = try FixedDecimal("99999999999999.99999999")
        #expect(try large.multiplied(by: 1_000_000) == FixedDecimal("99999999999999999999.99"))
        #expect(throws: DecimalError.overflow) { try large.multiplied(by: large) }
        #expect(try large.multiplied(byWhole: -3) == FixedDecimal("-299999999999999.99999997"))
        #expect(throws: DecimalError.overflow) { try large.multiplied(byWhole: .max) }
    }
}
