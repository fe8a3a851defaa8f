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

    /// A part as the integer that is added for it: the multiple of 2^-60 nearest to it, ties to even. Without a branch
    /// but for the limit, since a quote makes some ten of these: what the nearest whole number leaves of it is exact.
    @inline(__always)
    static func parts(_ value: Double) -> Int128 {
        guard value.magnitude <= limit else { return 0 }
        let whole = value.rounded(.toNearestOrEven)
        let rest = ((value - whole) * 0x1p60).rounded(.toNearestOrEven)
        return Int128(Int64(whole)) &<< 60 &+ Int128(Int64(rest))
    }
}
