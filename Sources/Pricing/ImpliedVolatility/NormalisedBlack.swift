/// Black's formula without units: the out-of-the-money call for `x = ln(F/K) <= 0`, per root of FK, as a function of
/// the volatility `s` over the whole term (Jaeckel, Let's Be Rational, 2015, section 2).
struct NormalisedBlack {
    /// At most 0.
    let x: Double
    /// What the price cannot reach: e^(x/2).
    let limit: Double

    init(x: Double) {
        self.x = x
        limit = exponential(x / 2)
    }

    /// Price, its slope in `s`, and what the price lacks to `limit`, each without cancellation where it is small.
    struct Point {
        var price: Double
        var slope: Double
        /// nil below the money's own standard deviation, where `limit - price` loses nothing.
        var rest: Double?
    }

    func point(_ s: Double) -> Point {
        let (h, t) = (x / s, s / 2)
        let slope = exponential(-(h * h + t * t) / 2) * Normal.inverseRootOfTwoPi
        if h + t <= 0 {
            return Point(price: slope * MillsRatio.difference(around: -h, halfWidth: t), slope: slope, rest: nil)
        }
        let rest = slope * (MillsRatio.value(h + t) + MillsRatio.value(t - h))
        return Point(price: limit - rest, slope: slope, rest: rest)
    }

    func slope(_ s: Double) -> Double {
        let (h, t) = (x / s, s / 2)
        return exponential(-(h * h + t * t) / 2) * Normal.inverseRootOfTwoPi
    }
}
