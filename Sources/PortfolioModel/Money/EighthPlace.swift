/// The rounded quotient by 10^8 that ends every product of two decimals, half to even, by ways that know the divisor.
///
/// A division of 128 bits takes some 10 ns, and a quote makes four of them. The exact revaluation of
/// docs/performance.md, five products a position, took 52 ns with it.
@usableFromInline
enum EighthPlace {
    /// `left` x `right` / 10^8 by an estimate in doubles that the exact rest then puts right; nil beyond 2^62.
    @inlinable @inline(__always)
    static func quotient(_ left: Int64, _ right: Int64) -> Int64? {
        let estimate = Double(left) * Double(right) * 1e-8
        guard estimate.magnitude < 0x1p62 else { return nil }
        let near = Int64(estimate)
        // The estimate is off by less than 2^14, so the rest is far inside 64 bits though its terms are not.
        let rest = left &* right &- near &* 100_000_000
        // Made positive, and to the nearest with halves upwards.
        let shifted = UInt64(bitPattern: rest &+ (1 << 14) &* 100_000_000 &+ 50_000_000)
        let step = shifted / 100_000_000
        let quotient = near &+ Int64(bitPattern: step) &- 1 << 14
        return shifted == step &* 100_000_000 ? quotient & ~1 : quotient
    }

    /// The same for products below 2^104, by the rest that each 2^64 leaves.
    static func quotient(_ product: Int128) -> Int128? {
        let magnitude = product.magnitude
        let high = UInt64(truncatingIfNeeded: magnitude &>> 64)
        guard high < 1 << 40 else { return nil }
        let (low, didCarry) = UInt64(truncatingIfNeeded: magnitude).addingReportingOverflow(high &* restOfCarry)
        let carry: UInt64 = didCarry ? 1 : 0
        let lowQuotient = low / unit
        // Both rests are below the unit, so their sum is below two of them.
        var rest = low &- lowQuotient &* unit &+ carry &* restOfCarry
        var quotient = UInt128(high &+ carry) &* UInt128(unitsInCarry) &+ UInt128(lowQuotient)
        if rest >= unit {
            rest &-= unit
            quotient &+= 1
        }
        let isUp = rest &* 2 &+ (UInt64(truncatingIfNeeded: quotient) & 1) > unit
        let rounded = Int128(truncatingIfNeeded: quotient &+ (isUp ? 1 : 0))
        return product < 0 ? 0 &- rounded : rounded
    }

    /// 2^64 = 184467440737 x 10^8 + 9551616.
    private static var unitsInCarry: UInt64 { 184_467_440_737 }
    private static var restOfCarry: UInt64 { 9_551_616 }
    private static var unit: UInt64 { 100_000_000 }
}
