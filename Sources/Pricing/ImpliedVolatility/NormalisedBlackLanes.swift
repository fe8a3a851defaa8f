/// `NormalisedBlack` for several options at once, from a simpler first guess and with as many steps as the slowest
/// needs.
struct NormalisedBlackLanes {
    /// At most 0.
    private let x: Lanes
    private let limit: Lanes
    private static let maximumSteps = 5

    /// `limit` is e^(x/2).
    @inline(__always)
    init(x: Lanes, limit: Lanes) {
        // A little below 0 at the money, where ratios of x to s would have no value.
        self.x = x.when(x .< -1e-290, else: Lanes(repeating: -1e-290))
        self.limit = limit
    }

    /// Which of the three objectives of `NormalisedBlack` a lane solves; plain price where neither holds.
    private struct Objective {
        var usesReciprocal: LaneMask
        var usesRest: LaneMask
    }

    private struct Point {
        var price: Lanes
        var slope: Lanes
        var rest: Lanes
    }

    @inline(__always)
    func slope(_ s: Lanes) -> Lanes {
        let h = x / s
        let t = s * 0.5
        return ((h * h + t * t) * -0.5).exponential * Normal.inverseRootOfTwoPi
    }

    @inline(__always)
    private func point(_ s: Lanes) -> Point {
        let h = x / s
        let t = s * 0.5
        let slope = ((h * h + t * t) * -0.5).exponential * Normal.inverseRootOfTwoPi
        let (upperRatio, lowerRatio) = Lanes.millsRatios((h + t).magnitude, t - h)
        let upper = slope * upperRatio
        let lower = slope * lowerRatio
        let isTail = (h + t) .<= Lanes.zero
        let part = (upper - lower).when(isTail, else: upper + lower)
        let other = limit - part
        return Point(
            price: part.when(isTail, else: other), slope: slope, rest: other.when(isTail, else: part))
    }

    /// The `s` whose price is `price`, and the lanes where it was found. `rest` is what the price lacks to the limit.
    @inline(__always)
    func solve(price: Lanes, rest: Lanes) -> (s: Lanes, found: LaneMask) {
        let one = Lanes(repeating: 1)
        let usesRest = price .> limit * 0.5
        let logarithmOfGoal = rest.when(usesRest, else: price).logarithm(over: one)
        var (s, usesReciprocal) = guess(price, logarithmOfGoal, usesRest)
        let objective = Objective(usesReciprocal: usesReciprocal, usesRest: usesRest)
        var found = LaneMask(repeating: false)
        for _ in 0..<Self.maximumSteps {
            let proposed = s + step(s, objective, price, logarithmOfGoal)
            let next = proposed.when(proposed .< s * 2, else: s * 2)
            let change = next - s
            found = found .| (change.magnitude .<= s * 2e-5)
            s = next
            if all(found) { break }
        }
        return (s, found)
    }

    /// Inside the outer two regions by the leading terms of the price, ln b = -x^2 / 2 s^2 below and
    /// ln(limit - b) = -s^2 / 8 above, through the region's edge; between them by a rational cubic whose second
    /// derivative is 0 at the inflection.
    @inline(__always)
    private func guess(
        _ price: Lanes, _ logarithmOfGoal: Lanes, _ usesRest: LaneMask
    ) -> (s: Lanes, usesReciprocal: LaneMask) {
        let middle = (x * -2).squareRoot()
        let centre = point(middle)
        let isLow = price .< centre.price
        let span = (-centre.price).when(isLow, else: limit - centre.price)
        let outer = middle + span / centre.slope
        let edge = point(outer)
        let isOutside = ((price .< edge.price) .& isLow) .| ((price .>= edge.price) .& .!isLow)
        let one = Lanes(repeating: 1)
        let logarithmOfEdge = edge.price.when(isLow, else: edge.rest).logarithm(over: one)
        let below = outer * (logarithmOfEdge / logarithmOfGoal).squareRoot()
        let above = (outer * outer + (logarithmOfEdge - logarithmOfGoal) * 8).squareRoot()
        let inside = cubic(price, from: (centre, middle), to: (edge, outer))
        let s = below.when(isLow, else: above).when(isOutside, else: inside)
        return (s, isOutside .& isLow)
    }

    /// `RationalCubic` with curvature 0 at the first end.
    @inline(__always)
    private func cubic(_ price: Lanes, from: (point: Point, s: Lanes), to: (point: Point, s: Lanes)) -> Lanes {
        let span = to.point.price - from.point.price
        let part = (price - from.point.price) / span
        let rest = 1 - part
        let (first, last) = (1 / from.point.slope, 1 / to.point.slope)
        let secant = (to.s - from.s) / span
        let fitted = (last - first) / (secant - first)
        let bend = fitted.when(fitted .> Lanes.zero, else: Lanes.zero)
        let near = (bend * to.s - span * last) * part * part * rest
        let far = (bend * from.s + span * first) * part * rest * rest
        let whole = to.s * part * part * part + near + far + from.s * rest * rest * rest
        return whole / (1 + (bend - 3) * part * rest)
    }

    /// Householder's step of third order, as `NormalisedBlack` takes it.
    @inline(__always)
    private func step(_ s: Lanes, _ objective: Objective, _ price: Lanes, _ logarithmOfGoal: Lanes) -> Lanes {
        let at = point(s)
        let inverse = 1 / s
        let square = (x * inverse) * (x * inverse)
        let second = square * inverse - s * 0.25
        let third = second * second - square * inverse * inverse * 3 - 0.25
        let value = at.rest.when(objective.usesRest, else: at.price)
        let logarithm = value.logarithm(over: Lanes(repeating: 1))
        let ratio = at.slope / value
        let plain = (price - at.price) / at.slope
        let byLogarithm = (logarithm - logarithmOfGoal) / ratio
        let byReciprocal = -byLogarithm * logarithm / logarithmOfGoal
        let newton = byLogarithm.when(
            objective.usesRest, else: byReciprocal.when(objective.usesReciprocal, else: plain))

        let inverseLogarithm = 1 / logarithm
        let factor = ratio * (1 + inverseLogarithm * 2)
        let secondShift = ratio.when(objective.usesRest, else: (-factor).when(objective.usesReciprocal, else: .zero))
        let inner: Lanes = 1 + inverseLogarithm * 3 * (1 + inverseLogarithm)
        let reciprocalThird: Lanes = ratio * ratio * 2 * inner - second * factor * 3
        let restThird: Lanes = ratio * (ratio * 2 + second * 3)
        let thirdShift = restThird.when(
            objective.usesRest, else: reciprocalThird.when(objective.usesReciprocal, else: .zero))

        let bent = second + secondShift
        let top: Lanes = 1 + bent * newton * 0.5
        let bottom: Lanes = 1 + newton * (bent + (third + thirdShift) * newton * (1 / 6.0))
        return newton * top / bottom
    }
}
