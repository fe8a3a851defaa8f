/// Numbers that one vector instruction sequence works on together.
typealias Lanes = SIMD4<Double>
typealias LaneMask = SIMDMask<SIMD4<Int64>>
typealias LaneBits = SIMD4<UInt64>

extension Lanes {
    static let width = 4

    init(bits: LaneBits) { self = unsafeBitCast(bits, to: Lanes.self) }
    var bits: LaneBits { unsafeBitCast(self, to: LaneBits.self) }

    var magnitude: Lanes { Lanes(bits: bits & LaneBits(repeating: 0x7fff_ffff_ffff_ffff)) }

    /// exp, for arguments below 709; 0 from -708 downwards. Relative error 3e-16: reduction by ln 2 in two parts (Cody
    /// and Waite 1980) and a rational minimax in the rest.
    @inline(__always)
    var exponential: Lanes {
        let low = Lanes(repeating: -708)
        let argument = replacing(with: low, where: self .< low)
        let shifter = Lanes(repeating: 6_755_399_441_055_744)
        let shifted = argument * 1.4426950408889634 + shifter
        let multiple = shifted - shifter
        let rest = (argument - multiple * 0.693147180369123816490) - multiple * 1.90821492927058770002e-10
        // exp(r) = 1 + r + r c / (2 - c), with c = r less an even series that converges twice as fast as exp's.
        let square = rest * rest
        var series = square * 4.1360517279782166e-08 - 1.6533837320872126e-06
        series = series * square + 6.613756250331614e-05
        series = series * square - 0.0027777777776697406
        series = series * square + 0.16666666666666555
        let c = rest - square * series
        let mantissa = rest * c / (2 - c) + rest + 1
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
    /// within a factor of 1.51 by a power of 2 and then subtracted exactly; ln((1 + s) / (1 - s)) follows by a minimax
    /// polynomial in s squared.
    @inline(__always)
    func logarithm(over other: Lanes) -> Lanes {
        // The difference of the bits is that of the binary logarithms, within 0.09; half is added for rounding.
        let biased = (bits &- other.bits &+ LaneBits(repeating: 0x3ff8_0000_0000_0000)) &>> 52
        let scaled = Lanes(bits: other.bits &+ ((biased &- LaneBits(repeating: 1023)) &<< 52))
        let count = Lanes(bits: biased | LaneBits(repeating: 0x4330_0000_0000_0000)) - 4_503_599_627_371_519
        let part = (self - scaled) / (self + scaled)
        let square = part * part
        var sum = square * 0.15390388300429841 + 0.15247323382454137
        sum = sum * square + 0.18186499835542283
        sum = sum * square + 0.22222134977212812
        sum = sum * square + 0.28571429438616086
        sum = sum * square + 0.399999999959192
        sum = sum * square + 0.6666666666667316
        let small = part * square * sum + (part + part)
        return count * 0.693147180369123816490 + (count * 1.90821492927058770002e-10 + small)
    }

    /// Mills' ratio of numbers that are not negative (see `MillsRatio`).
    @inline(__always)
    var millsRatio: Lanes {
        let (top, bottom) = millsFraction
        return top / bottom
    }

    /// Mills' ratios of two sets of numbers that are not negative, for one division.
    @inline(__always)
    static func millsRatios(_ first: Lanes, _ second: Lanes) -> (Lanes, Lanes) {
        // Where the product of the denominators would be out of range, any number as large has a ratio of nothing.
        let most = Lanes(repeating: 1e15)
        let (firstTop, firstBottom) = first.when(first .< most, else: most).millsFraction
        let (secondTop, secondBottom) = second.when(second .< most, else: most).millsFraction
        let inverse = 1 / (firstBottom * secondBottom)
        return (firstTop * secondBottom * inverse, secondTop * firstBottom * inverse)
    }

    @inline(__always)
    private var millsFraction: (top: Lanes, bottom: Lanes) {
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
        return (top, bottom)
    }

    /// This where the condition holds, else `other`.
    @inline(__always)
    func when(_ condition: LaneMask, else other: Lanes) -> Lanes {
        other.replacing(with: self, where: condition)
    }
}
