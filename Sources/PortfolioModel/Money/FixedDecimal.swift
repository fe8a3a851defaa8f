/// An exact decimal with eight places: prices, quantities, multipliers, rates and the amounts of `Money`.
///
/// Stored as a 128-bit count of 1e-8. Nothing here goes through `Double`, nothing wraps: every operation that could
/// leave the range throws `DecimalError.overflow`, and every one that could lose a digit takes a named `Rounding`.
package struct FixedDecimal: Hashable, Sendable, Comparable {
    /// Count of 1e-8 units.
    package let raw: Int128

    package static let scale = 8
    package static let unitsPerOne: Int128 = 100_000_000
    /// Largest magnitude: 10^21 in units of one, so that sums of many values stay far inside 128 bits.
    @inlinable package static var maximumRaw: Int128 { 100_000_000_000_000_000_000_000_000_000 }

    package static let zero = FixedDecimal(unchecked: 0)
    package static let one = FixedDecimal(unchecked: unitsPerOne)

    @inlinable
    init(unchecked raw: Int128) { self.raw = raw }

    /// Throws `.overflow` outside the range.
    @inlinable @inline(__always)
    package init(raw: Int128) throws(DecimalError) {
        guard raw <= Self.maximumRaw, raw >= -Self.maximumRaw else { throw .overflow }
        self.raw = raw
    }

    @inlinable
    package init(raw64: Int64) { self.raw = Int128(raw64) }

    package init(_ whole: Int) { self.raw = Int128(whole) * Self.unitsPerOne }

    package var isZero: Bool { raw == 0 }
    package var isNegative: Bool { raw < 0 }
    /// -1, 0 or 1.
    package var signum: Int { Int(raw.signum()) }
    package var magnitude: FixedDecimal { FixedDecimal(unchecked: raw < 0 ? -raw : raw) }
    package static prefix func - (value: FixedDecimal) -> FixedDecimal { FixedDecimal(unchecked: -value.raw) }
    package static func < (left: FixedDecimal, right: FixedDecimal) -> Bool { left.raw < right.raw }

    /// The nearest double, for Greeks and ratios; never to be turned back into money.
    package var doubleValue: Double {
        // The conversion from 128 bits is some forty times as dear, and hardly any figure needs it.
        if let small = Int64(exactly: raw) { return Double(small) / 1e8 }
        return Double(raw) / 1e8
    }

    /// Whether the value has no fraction.
    package var isWhole: Bool { raw % Self.unitsPerOne == 0 }

    /// A model's or a feed's double as a decimal, rounded half to even at the eighth place; nil when not finite or out
    /// of range.
    package init?(approximating value: Double) {
        guard value.isFinite, abs(value) < 1e20 else { return nil }
        self.raw = Int128((value * 1e8).rounded(.toNearestOrEven))
    }
}

/// Why a decimal could not be had.
package enum DecimalError: Error, Sendable, Equatable {
    case overflow
    case divisionByZero
    /// Not a plain decimal number.
    case malformed(String)
    /// More than eight significant places after the point, where exactness was asked for.
    case tooPrecise(String)
}

/// How digits beyond the kept ones are dropped; every inexact operation names one.
package enum Rounding: Sendable {
    /// To nearest, ties to even: accounting default.
    case halfEven
    /// To nearest, ties away from zero: what brokers print on statements.
    case halfAwayFromZero
    case towardZero
    case down
    case up

    /// Rounds the quotient of `dividend / divisor`; `divisor` is positive.
    func quotient(_ dividend: Int128, _ divisor: Int128) -> Int128 {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        if remainder == 0 { return quotient }
        let away = dividend < 0 ? quotient - 1 : quotient + 1
        switch self {
        case .towardZero: return quotient
        case .down: return dividend < 0 ? away : quotient
        case .up: return dividend < 0 ? quotient : away
        case .halfEven, .halfAwayFromZero:
            let twice = remainder.magnitude * 2
            if twice < divisor.magnitude { return quotient }
            if twice > divisor.magnitude { return away }
            if case .halfAwayFromZero = self { return away }
            return quotient % 2 == 0 ? quotient : away
        }
    }
}
