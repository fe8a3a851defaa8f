/// Bachelier's time value solved for the volatility over the whole term.
enum NormalTimeValue {
    static let maximumSteps = 50

    /// The standard deviation at which an option whose forward is `distance` from the strike has the undiscounted time
    /// value `time`; nil when the steps do not settle. With d = distance / width, time / distance is
    /// phi(d) (1 - d M(d)) / d, whose logarithm falls smoothly: Newton's steps on it, halved or doubled at most.
    static func width(_ time: Double, distance: Double) -> Double? {
        if distance == 0 { return time / Normal.inverseRootOfTwoPi }
        let goal = time / distance
        var d = Normal.inverseRootOfTwoPi / (goal + 0.5)
        if goal < 0.01 { d = (-2 * logarithm(goal)).squareRoot() / 1.5 }
        for _ in 0..<maximumSteps {
            let part = -MillsRatio.slope(d)
            let value = logarithm(part * Normal.inverseRootOfTwoPi / d) - d * d / 2
            let step = (value - logarithm(goal)) * d * part
            let next = max(d / 2, min(d * 2, d + step))
            let change = (next - d).magnitude
            d = next
            if change <= 1e-9 * d { return distance / d }
        }
        return nil
    }
}
