extension NormalisedBlack {
    /// Two are enough for full precision; more serve only inputs at the edge of what a double can say.
    static let maximumSteps = 6

    /// The `s` whose price is `price`, in (0, limit); `rest` is what the price lacks to the limit. Each step is
    /// Householder's of third order, which quadruples the number of right digits. nil when it does not settle.
    func solve(price: Double, rest: Double) -> Double? {
        var (s, objective) = guess(price)
        let goal = objective == .price ? price : logarithm(objective == .logarithmOfRest ? rest : price)
        for _ in 0..<Self.maximumSteps {
            guard s > 0, s.isFinite else { return nil }
            let next = max(s / 2, min(s * 2, s + step(s, objective, goal)))
            let change = (next - s).magnitude
            s = next
            if change <= 2e-5 * s { return s }
        }
        return nil
    }

    private func step(_ s: Double, _ objective: Objective, _ goal: Double) -> Double {
        let at = point(s)
        let h = x / s
        // Second and third derivative of the price over its first.
        let second = h * h / s - s / 4
        let third = second * second - 3 * h * h / (s * s) - 0.25
        switch objective {
        case .price:
            return householder((goal - at.price) / at.slope, second, third)
        case .reciprocalLogarithm:
            let value = logarithm(at.price)
            let ratio = at.slope / at.price
            let newton = (goal - value) * value / goal / ratio
            let factor = 1 + 2 / value
            return householder(
                newton, second - ratio * factor,
                third + 2 * ratio * ratio * (1 + 3 / value * (1 + 1 / value)) - 3 * second * ratio * factor)
        case .logarithmOfRest:
            let left = at.rest ?? limit - at.price
            let ratio = at.slope / left
            return householder(
                (logarithm(left) - goal) / ratio, second + ratio, third + ratio * (2 * ratio + 3 * second))
        }
    }

    /// One step of third order from Newton's and the two higher derivatives over the first.
    private func householder(_ newton: Double, _ second: Double, _ third: Double) -> Double {
        newton * (1 + second * newton / 2) / (1 + newton * (second + third * newton / 6))
    }
}
