/// Numbers that one vector instruction sequence works on together.
typealias Lanes = SIMD4<Double>
typealias LaneMask = SIMDMask<SIMD4<Int64>>
typealias LaneBits = SIMD4<UInt64>

extension Lanes {
    static let width = 4

    init(bits: LaneBits) { self = unsafeBitCast(bits, to: Lanes.self) }
    var bits: LaneBits { unsafeBitCast(self, to: LaneBits.self) }

    var magnitude: Lanes { Lanes(bits: bits & LaneBits(repeating: 0x7fff_ffff_ffff_ffff)) }

    /// exp, for arguments below 709; 0 from -708 downwards. Relative error 2e-16: reduction by ln 2 in two parts (Cody
    /// and Waite 1980) and a minimax polynomial of degree 11.
    @inline(__always)
    var exponential: Lanes {
        let low = Lanes(repeating: -708)
        let argument = replacing(with: low, where: self .< low)
        let shifter = Lanes(repeating: 6_755_399_441_055_744)
        let shifted = argument * 1.4426950408889634 + shifter
        let multiple = shifted - shifter
        let rest = (argument - multiple * 0.693147180369123816490) - multiple * 1.90821492927058770002e-10
        let mantissa = rest * rest * Self.exponentialTail(rest) + rest + 1
        let scaled = Lanes(bits: mantissa.bits &+ (shifted.bits &<< 52))
        return scaled.replacing(with: Lanes.zero, where: self .<= low)
    }

    /// (exp(r) - 1 - r) / r^2 for r between -ln 2 / 2 and ln 2 / 2: minimax, degree 9, 4e-18 of exp(r).
    @inline(__always)
    static func exponentialTail(_ rest: Lanes) -> Lanes {
        var sum = rest * 2.500006005363822e-08 + 2.763024842399636e-07
        sum = sum * rest + 2.755757638826493e-06
        sum = sum * rest + 2.4801493098786526e-05
        sum = sum * rest + 0.00019841269506574313
        sum = sum * rest + 0.0013888888943630218
        sum = sum * rest + 0.008333333333494463
        sum = sum * rest + 0.041666666666530155
        sum = sum * rest + 0.16666666666666413
        return sum * rest + 0.5
    }

    /// `ln(self / other)` of positive normal numbers. Relative error 3e-16 up to a ratio of 1: the numbers are brought
    /// within a factor of the root of 2 by a power of 2 and then subtracted exactly; ln((1 + s) / (1 - s)) follows by a
    /// minimax polynomial in s squared.
    @inline(__always)
    func logarithm(over other: Lanes) -> Lanes {
        // The added distance from the root of 1/2 to 1 makes the exponent that of the nearest power of 2.
        let biased = ((self / other).bits &+ LaneBits(repeating: 0x0009_5f61_9980_c433)) &>> 52
        let scaled = Lanes(bits: other.bits &+ ((biased &- LaneBits(repeating: 1023)) &<< 52))
        let count = Lanes(bits: biased | LaneBits(repeating: 0x4330_0000_0000_0000)) - 4_503_599_627_371_519
        let part = (self - scaled) / (self + scaled)
        let square = part * part
        var sum = square * 0.1479610549031161 + 0.1531403583153914
        sum = sum * square + 0.18183564866753077
        sum = sum * square + 0.22222198563485773
        sum = sum * square + 0.28571428742474847
        sum = sum * square + 0.3999999999941432
        sum = sum * square + 0.6666666666666734
        let small = part * square * sum + (part + part)
        return count * 0.693147180369123816490 + (count * 1.90821492927058770002e-10 + small)
    }

    /// Mills' ratio of numbers that are not negative (see `MillsRatio`).
    @inline(__always)
    var millsRatio: Lanes {
        let (n, d) = (MillsRatio.numerator, MillsRatio.denominator)
        var top = self * n.8 + n.7
        var bottom = self * d.9 + d.8
        bottom = bottom * self + d.7
        top = top * self + n.6
        bottom = bottom * self + d.6
        top = top * self + n.5
        bottom = bottom * self + d.5
        top = top * self + n.4
        bottom = bottom * self + d.4
        top = top * self + n.3
        bottom = bottom * self + d.3
        top = top * self + n.2
        bottom = bottom * self + d.2
        top = top * self + n.1
        bottom = bottom * self + d.1
        top = top * self + n.0
        bottom = bottom * self + d.0
        return top / bottom
    }

    /// This where the condition holds, else `other`.
    @inline(__always)
    func when(_ condition: LaneMask, else other: Lanes) -> Lanes {
        other.replacing(with: self, where: condition)
    }
}
