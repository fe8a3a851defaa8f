import Foundation

extension NormalisedBlack {
    /// Which function of the price is nearly straight in `s`, and so quick to solve.
    enum Objective { case reciprocalLogarithm, price, logarithmOfRest }

    /// A first volatility, right to about 1e-3, by interpolation in four regions of the price (Jaeckel 2015, section
    /// 4). `price` is in (0, limit).
    func guess(_ price: Double) -> (s: Double, objective: Objective) {
        let isHigh = price > limit / 2
        if x == 0 { return (-2 * Normal.roughQuantile((1 - price) / 2), isHigh ? .logarithmOfRest : .price) }
        // Where the price has its inflection.
        let middle = (-2 * x).squareRoot()
        let centre = point(middle)
        if price < centre.price {
            let low = middle - centre.price / centre.slope
            let edge = point(low)
            if price < edge.price { return (lowGuess(price, low, edge), .reciprocalLogarithm) }
            let curve = RationalCubic(
                left: (edge.price, low, 1 / edge.slope), right: (centre.price, middle, 1 / centre.slope))
            return (curve.value(at: price, curvature: 0, at: .right, keepingShape: false), .price)
        }
        let high = middle + (limit - centre.price) / centre.slope
        let edge = point(high)
        if price < edge.price {
            let curve = RationalCubic(
                left: (centre.price, middle, 1 / centre.slope), right: (edge.price, high, 1 / edge.slope))
            let s = curve.value(at: price, curvature: 0, at: .left, keepingShape: false)
            return (s, isHigh ? .logarithmOfRest : .price)
        }
        return (highGuess(price, high, edge), .logarithmOfRest)
    }

    /// By a map of `s` that is nearly the price itself for small prices: f = 2 pi |x| / sqrt(27) Phi(-z)^3 with
    /// z = |x| / (sqrt(3) s).
    private func lowGuess(_ price: Double, _ low: Double, _ edge: Point) -> Double {
        let z = -x / (3.0.squareRoot() * low)
        let ratio = MillsRatio.value(z)
        let tail = Normal.density(z) * ratio
        let scale = -2 * Double.pi * x / 27.0.squareRoot()
        let slope = z * z * ratio * ratio * exponential(low * low / 8)
        let inner = -8 * 3.0.squareRoot() * low * x + (3 * low * low * (low * low - 8) - 8 * x * x) * ratio
        let curvature =
            Double.pi / 6 * z * z / (low * low * low) * tail * inner * exponential(2 * z * z + low * low / 4)
        let curve = RationalCubic(left: (0, 0, 1), right: (edge.price, scale * tail * tail * tail, slope))
        var mapped = curve.value(at: price, curvature: curvature, at: .right, keepingShape: true)
        if !(mapped > 0) {
            let part = price / edge.price
            mapped = (scale * tail * tail * tail * part + edge.price * (1 - part)) * part
        }
        return (x / (3.0.squareRoot() * Normal.roughQuantile(cbrt(mapped / scale)))).magnitude
    }

    /// By a map of `s` that is nearly what the price lacks to its limit: f = Phi(-s/2).
    private func highGuess(_ price: Double, _ high: Double, _ edge: Point) -> Double {
        let square = x / high * (x / high)
        let value = Normal.cumulative(-high / 2)
        let slope = -exponential(square / 2) / 2
        let curvature = (Double.pi / 2).squareRoot() * exponential(square + high * high / 8) * square / high
        let curve = RationalCubic(left: (edge.price, value, slope), right: (limit, 0, -0.5))
        var mapped = curve.value(at: price, curvature: curvature, at: .left, keepingShape: true)
        if !(mapped > 0) {
            let span = limit - edge.price
            let part = (price - edge.price) / span
            mapped = (value * (1 - part) + span * part / 2) * (1 - part)
        }
        return -2 * Normal.roughQuantile(mapped)
    }
}
