/// Interpolation between two points of known slope by a cubic over a quadratic, with one parameter that bends it
/// (Delbourgo and Gregory, Shape Preserving Piecewise Rational Interpolation, 1985).
struct RationalCubic {
    enum End { case left, right }

    let left: (x: Double, y: Double, slope: Double)
    let right: (x: Double, y: Double, slope: Double)

    private var span: Double { right.x - left.x }
    private var secant: Double { (right.y - left.y) / span }

    private static let least = -(1 - 1.4901161193847656e-8)
    private static let most = 2 / (2.220446049250313e-16 * 2.220446049250313e-16)

    /// The value at `x`, when the second derivative at one end is to be `curvature` as far as monotony and convexity
    /// allow; `keepingShape` prefers these where there is no choice.
    func value(at x: Double, curvature: Double, at end: End, keepingShape: Bool) -> Double {
        value(at: x, bend: max(bend(curvature, end), leastBend(keepingShape)))
    }

    private func value(at x: Double, bend: Double) -> Double {
        let part = (x - left.x) / span
        if bend >= Self.most { return left.y * (1 - part) + right.y * part }
        let rest = 1 - part
        let near = (bend * right.y - span * right.slope) * part * part * rest
        let far = (bend * left.y + span * left.slope) * part * rest * rest
        let whole = right.y * part * part * part + near + far + left.y * rest * rest * rest
        return whole / (1 + (bend - 3) * part * rest)
    }

    private func bend(_ curvature: Double, _ end: End) -> Double {
        let above = span * curvature / 2 + (right.slope - left.slope)
        let below = end == .left ? secant - left.slope : right.slope - secant
        if above.magnitude < Double.leastNormalMagnitude { return 0 }
        if below.magnitude < Double.leastNormalMagnitude { return above > 0 ? Self.most : Self.least }
        return above / below
    }

    /// The smallest parameter with which the curve is monotone and convex where the data are.
    private func leastBend(_ keepingShape: Bool) -> Double {
        let secant = self.secant
        let isMonotone = left.slope * secant >= 0 && right.slope * secant >= 0
        let isBent =
            (left.slope <= secant && secant <= right.slope) || (left.slope >= secant && secant >= right.slope)
        if !isMonotone && !isBent { return Self.least }
        var bound = -Double.infinity
        if isMonotone && secant != 0 { bound = (left.slope + right.slope) / secant }
        let (before, after) = (secant - left.slope, right.slope - secant)
        if isBent && before != 0 && after != 0 {
            let change = right.slope - left.slope
            bound = max(bound, max((change / after).magnitude, (change / before).magnitude))
        } else if keepingShape {
            bound = Self.most
        }
        return max(Self.least, bound)
    }
}
