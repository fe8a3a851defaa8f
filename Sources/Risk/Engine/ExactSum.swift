/// A sum of doubles that does not depend on their order, so that adding and removing parts leaves exactly what a sum
/// from scratch gives: each part is rounded once to a multiple of 2^-60 and added as an integer.
struct ExactSum: Sendable, Equatable {
    /// Largest magnitude of one part; 2^17 of them stay inside 128 bits.
    static let limit = 1e15
    private var total: Int128 = 0

    /// `value` is finite and within the limit; anything else must have been kept out as unknown.
    mutating func add(_ value: Double) { total += Self.parts(value) }

    mutating func add(parts: Int128) { total &+= parts }

    var value: Double { Double(total) / 0x1p60 }

    /// A part as the integer that is added for it: the multiple of 2^-60 nearest to it, ties to even. By shifts, since
    /// a quote makes some ten of these.
    static func parts(_ value: Double) -> Int128 {
        guard value.magnitude <= limit, value.isNormal else { return 0 }
        let significand = value.significandBitPattern | 1 << 52
        // It counts units of 2^(exponent - 52).
        let shift = Int(value.exponentBitPattern) - exponentBias - 52 + 60
        let magnitude =
            shift >= 0
            ? Int128(significand) &<< Int128(shift) : Int128(rounded(significand, droppedBits: UInt64(-shift)))
        return value.sign == .minus ? 0 &- magnitude : magnitude
    }

    private static let exponentBias = 1023

    private static func rounded(_ significand: UInt64, droppedBits: UInt64) -> UInt64 {
        if droppedBits > 53 { return 0 }
        let kept = significand &>> droppedBits
        let rest = significand &- kept &<< droppedBits
        let half: UInt64 = 1 &<< (droppedBits &- 1)
        return rest > half || (rest == half && kept & 1 == 1) ? kept &+ 1 : kept
    }
}
