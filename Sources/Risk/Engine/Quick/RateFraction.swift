import PortfolioModel

/// A stated rate as a fraction in lowest terms. An amount in base currency is then a whole number and a rest, and the
/// difference of two such amounts needs no division: of what a quote changes, only the value at the new price does.
struct RateFraction: Sendable, Equatable {
    /// An exact amount in base currency: `whole` + `rest` / denominator, counts of 1e-8; the rest is below the
    /// denominator.
    struct Amount: Sendable, Equatable {
        static let zero = Amount(whole: 0, rest: 0)
        let whole: Int64
        let rest: UInt32
    }

    private let numerator: Int64
    private let denominator: UInt32
    private let ratio: Double

    /// nil for a rate that is not positive, or whose lowest denominator is beyond 32 bits.
    init?(_ rate: FXConversion.Single) {
        let (top, bottom): (Int128, Int128) =
            switch rate {
            case .same: (1, 1)
            case .times(let rate): (rate.raw, FixedDecimal.unitsPerOne)
            case .dividedBy(let rate): (FixedDecimal.unitsPerOne, rate.raw)
            }
        guard top > 0, bottom > 0 else { return nil }
        let divisor = Self.greatestCommonDivisor(top, bottom)
        guard let numerator = Int64(exactly: top / divisor), let denominator = UInt32(exactly: bottom / divisor) else {
            return nil
        }
        (self.numerator, self.denominator) = (numerator, denominator)
        ratio = Double(numerator) / Double(denominator)
    }

    private static func greatestCommonDivisor(_ one: Int128, _ other: Int128) -> Int128 {
        other == 0 ? one : greatestCommonDivisor(other, one % other)
    }

    /// By an estimate in doubles that the exact rest then puts right; nil beyond 2^61.
    @inline(__always)
    func amount(_ native: Int64) -> Amount? {
        let estimate = Double(native) * ratio
        guard estimate.magnitude < 0x1p61 else { return nil }
        let (near, bottom) = (Int64(estimate), Int64(denominator))
        // The estimate is off by less than 2^11, so the rest is far inside 64 bits though its terms are not.
        let rest = UInt64(bitPattern: native &* numerator &- near &* bottom &+ bottom &<< 11)
        let step = rest / UInt64(bottom)
        return Amount(
            whole: near &+ Int64(bitPattern: step) &- 1 << 11,
            rest: UInt32(truncatingIfNeeded: rest &- step &* UInt64(bottom)))
    }

    /// Exactly `one` less `other`, either of which is below 2^61.
    @inline(__always)
    func difference(_ one: Amount, _ other: Amount) -> Amount {
        let borrows = one.rest < other.rest
        return Amount(
            whole: one.whole &- other.whole &- (borrows ? 1 : 0),
            rest: one.rest &- other.rest &+ (borrows ? denominator : 0))
    }

    /// Rounded once, half to even, as decimals are.
    @inline(__always)
    func rounded(_ amount: Amount) -> Int64 {
        let isUp = UInt64(amount.rest) &* 2 &+ UInt64(bitPattern: amount.whole & 1) > UInt64(denominator)
        return amount.whole &+ (isUp ? 1 : 0)
    }
}
