/// Several numbers, each as the unevaluated sum of two doubles; `DoublePair` for lanes, without a fused multiply-add.
struct LanePair {
    var high: Lanes
    var low: Lanes

    @inline(__always)
    init(high: Lanes, low: Lanes) {
        self.high = high
        self.low = low
    }

    /// The exact product (Dekker 1971), for numbers below 1e292.
    @inline(__always)
    init(product left: Lanes, _ right: Lanes) {
        let (leftHigh, leftLow) = Self.halves(left)
        let (rightHigh, rightLow) = Self.halves(right)
        high = left * right
        low = leftLow * rightLow - (((high - leftHigh * rightHigh) - leftLow * rightHigh) - leftHigh * rightLow)
    }

    /// exp(left x right), relative error below 1e-16; for products between -700 and 700.
    @inline(__always)
    init(exponentialOf left: Lanes, times right: Lanes) {
        let argument = LanePair(product: left, right)
        let shifter = Lanes(repeating: 6_755_399_441_055_744)
        let shifted = argument.high * 1.4426950408889634 + shifter
        let multiple = shifted - shifter
        let reduced = argument.high - multiple * 0.693147180369123816490
        let small = argument.low - multiple * 1.90821492927058770002e-10
        let rest = reduced + small
        let restLow = (reduced - rest) + small
        let tail = rest * rest * Lanes.exponentialTail(rest) + restLow * (1 + rest)
        let whole = 1 + rest
        let lost = ((1 - whole) + rest) + tail
        let sum = whole + lost
        let power = shifted.bits &<< 52
        high = Lanes(bits: sum.bits &+ power)
        let scale = Lanes(bits: Lanes(repeating: 1).bits &+ power)
        low = ((whole - sum) + lost) * scale
    }

    @inline(__always)
    private static func halves(_ value: Lanes) -> (Lanes, Lanes) {
        let shifted = value * 134_217_729
        let high = shifted - (shifted - value)
        return (high, value - high)
    }

    /// `first` x this - `second` x `other`, rounded about once however much cancels.
    @inline(__always)
    func difference(times first: Lanes, _ other: LanePair, times second: Lanes) -> Lanes {
        let left = LanePair(product: first, high)
        let right = LanePair(product: second, other.high)
        return (left.high - right.high) + ((left.low + first * low) - (right.low + second * other.low))
    }
}
