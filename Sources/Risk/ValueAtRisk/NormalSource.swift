import Foundation

/// Seeded standard normal numbers: the same seed gives the same sequence everywhere.
struct NormalSource: Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)
    private var kept: Double?

    init(seed: UInt64) {
        var seed = seed
        /// SplitMix64 (Steele, Lea and Flood 2014), which xoshiro's authors seed it with.
        func next() -> UInt64 {
            seed &+= 0x9E37_79B9_7F4A_7C15
            var mixed = seed
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
        state = (next(), next(), next(), next())
    }

    /// xoshiro256** (Blackman and Vigna 2018).
    private mutating func bits() -> UInt64 {
        func rotated(_ value: UInt64, _ by: UInt64) -> UInt64 { (value << by) | (value >> (64 - by)) }
        let result = rotated(state.1 &* 5, 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotated(state.3, 45)
        return result
    }

    /// In (-1, 1).
    private mutating func symmetric() -> Double { Double(Int64(bitPattern: bits()) >> 10) * 0x1p-53 }

    /// Marsaglia's polar method (1964).
    mutating func next() -> Double {
        if let value = kept {
            kept = nil
            return value
        }
        while true {
            let (x, y) = (symmetric(), symmetric())
            let square = x * x + y * y
            guard square > 0, square < 1 else { continue }
            let factor = (-2 * log(square) / square).squareRoot()
            kept = y * factor
            return x * factor
        }
    }
}
