import PortfolioModel
import Testing

@testable import Risk

/// Amounts by a fraction are those that decimals give, to the last place.
struct RateFractionTests {
    /// Rates as they are stated, of few places and of all eight, from below a thousandth to beyond ten thousand.
    private static func rate(_ random: inout some RandomNumberGenerator) -> FXConversion.Single {
        let places: [Int64] = [1, 100, 10_000, 1_000_000]
        let place = places.randomElement(using: &random) ?? 1
        let raw = Int64.random(in: 1...4_000_000_000, using: &random)
        let rate = FixedDecimal(raw64: Bool.random(using: &random) ? raw : raw * place)
        return [.times(rate), .dividedBy(rate), .same].randomElement(using: &random) ?? .same
    }

    private static func defined(_ amount: FixedDecimal, by rate: FXConversion.Single) -> Int128? {
        switch rate {
        case .same: amount.raw
        case .times(let rate): (try? amount.multiplied(by: rate))?.raw
        case .dividedBy(let rate): (try? amount.divided(by: rate))?.raw
        }
    }

    private static func amount(_ random: inout some RandomNumberGenerator) -> Int64 {
        Int64.random(in: -1 << 60...1 << 60, using: &random) >> Int64.random(in: 0...58, using: &random)
    }

    @Test func amounts_areThoseOfDecimals_overAllSizesAndSigns() throws {
        var random = SystemRandomNumberGenerator()
        var (taken, differences) = (0, 0)
        for _ in 0..<100_000 {
            let rate = Self.rate(&random)
            guard let fraction = RateFraction(rate) else { continue }
            let (one, other) = (Self.amount(&random), Self.amount(&random))
            guard let left = fraction.amount(one) else { continue }
            taken += 1
            let expected = Self.defined(FixedDecimal(raw64: one), by: rate)
            #expect(expected == Int128(fraction.rounded(left)), "\(one) by \(rate)")
            guard let right = fraction.amount(other) else { continue }
            differences += 1
            let difference = Self.defined(FixedDecimal(raw64: one - other), by: rate)
            let found = fraction.rounded(fraction.difference(left, right))
            #expect(difference == Int128(found), "\(one) - \(other) by \(rate)")
        }
        #expect(taken > 50_000 && differences > 25_000)
    }

    @Test(arguments: [-3, -1, 1, 3] as [Int64])
    func halves_goToTheEven(times: Int64) throws {
        let half = try #require(RateFraction(.times(FixedDecimal(raw64: 50_000_000))))
        let amount = try #require(half.amount(times))
        let expected = try FixedDecimal(raw64: times).multiplied(by: FixedDecimal(raw64: 50_000_000))
        #expect(Int128(half.rounded(amount)) == expected.raw)
    }

    @Test func rate_isRefused_whereTheQuickWayCannotTakeIt() throws {
        #expect(RateFraction(.times(.zero)) == nil)
        #expect(RateFraction(.dividedBy(FixedDecimal(raw64: -100_000_000))) == nil)
        // 43 and an odd eighth place has no lower denominator than 4,300,000,001.
        #expect(RateFraction(.dividedBy(FixedDecimal(raw64: 4_300_000_001))) == nil)
        let rupees = try #require(RateFraction(.dividedBy(FixedDecimal(raw64: 8_350_120_000))))
        #expect(rupees.amount(.max) != nil)
        let million = try #require(RateFraction(.times(FixedDecimal(1_000_000))))
        #expect(million.amount(1 << 50) == nil)
    }
}
