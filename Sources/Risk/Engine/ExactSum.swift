/// A sum of doubles that does not depend on their order, so that adding and removing parts leaves exactly what a sum
/// from scratch gives: each part is rounded once to a multiple of 2^-60 and added as an integer.
struct ExactSum: Sendable, Equatable {
    /// Largest magnitude of one part; 2^17 of them stay inside 128 bits.
    static let limit = 1e15
    private static let unit = 0x1p60
    private var total: Int128 = 0

    /// `value` is finite and within the limit; anything else must have been kept out as unknown.
    mutating func add(_ value: Double) { total += Self.parts(value) }

    var value: Double { Double(total) / Self.unit }

    private static func parts(_ value: Double) -> Int128 {
        value.magnitude <= limit ? Int128((value * unit).rounded(.toNearestOrEven)) : 0
    }
}
