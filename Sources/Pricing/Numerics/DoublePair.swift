import Foundation

/// A number as the unevaluated sum of two doubles, about 100 bits (Dekker 1971).
struct DoublePair {
    var high: Double
    var low: Double

    /// exp(left x right), relative error below 1e-16: the product exactly, Cody and Waite's reduction, and the series
    /// from its third term in one double.
    init(exponentialOf left: Double, times right: Double) {
        let argument = left * right
        let argumentRest = fma(left, right, -argument)
        let multiple = (argument * 1.4426950408889634).rounded()
        // The first part of ln 2 has 33 bits, so that its product is exact.
        let reduced = argument - multiple * 0.693147180369123816490
        let small = argumentRest - multiple * 1.90821492927058770002e-10
        let rest = reduced + small
        let restLow = (reduced - rest) + small
        var series = rest * 2.500006005363822e-08 + 2.763024842399636e-07
        for factor in [
            2.755757638826493e-06, 2.4801493098786526e-05, 0.00019841269506574313, 0.0013888888943630218,
            0.008333333333494463, 0.041666666666530155, 0.16666666666666413, 0.5,
        ] { series = series * rest + factor }
        let tail = rest * rest * series + restLow * (1 + rest)
        let whole = 1 + rest
        let lost = ((1 - whole) + rest) + tail
        let sum = whole + lost
        let scale = Double(sign: .plus, exponent: Int(multiple), significand: 1)
        high = sum * scale
        low = ((whole - sum) + lost) * scale
    }

    /// `first` x this - `second` x `other`, rounded about once however much cancels.
    func difference(times first: Double, _ other: DoublePair, times second: Double) -> Double {
        let (left, right) = (first * high, second * other.high)
        let leftRest = fma(first, high, -left) + first * low
        let rightRest = fma(second, other.high, -right) + second * other.low
        return (left - right) + (leftRest - rightRest)
    }
}
