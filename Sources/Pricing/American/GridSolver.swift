/// Marches option values back from expiry on a grid, for several sets of inputs side by side.
///
/// Time steps are TR-BDF2 (Bank and others 1985; for American options Le Floc'h, TR-BDF2 for Stable American Option
/// Pricing, 2014), which damps what a corner of the payoff leaves behind. Exercise is solved with each linear system
/// (Brennan and Schwartz 1977), which is exact where all exercised nodes come first.
struct GridSolver {
    private let operation: GridOperator
    /// Value of immediate exercise at each node; minus infinity for European exercise.
    private let exercise: [Lanes]
    private(set) var values: [Lanes]
    /// What one step needs: the eliminated right side; its pivots' inverses; these times what ties a node to the one
    /// before; and factors of the elimination.
    private var right: [Lanes]
    private var inverse: [Lanes]
    private var link: [Lanes]
    private var ratio: [Lanes]
    private var middle: [Lanes]
    private static let share = 2 - 2.0.squareRoot()

    init(_ operation: GridOperator, payoff: [Lanes], isAmerican: Bool) {
        self.operation = operation
        exercise = isAmerican ? payoff : payoff.map { _ in Lanes(repeating: -.infinity) }
        values = payoff
        right = payoff
        inverse = payoff
        link = payoff
        ratio = payoff
        middle = payoff
    }

    /// Goes back by a time in steps whose lengths grow evenly: values change fastest just after a corner.
    mutating func advance(_ years: Double, steps: Int) {
        for step in 0..<steps {
            advance(years * Double(2 * step + 1) / Double(steps * steps))
        }
    }

    /// Replaces values, such as at an ex-date; exercise just before it is better where it gives more. A node in whose
    /// cell one turns into the other takes the mean over the cell, so that results move smoothly with the inputs.
    mutating func replace(_ replacement: [Lanes]) {
        let last = values.count - 1
        for node in values.indices {
            let gain = replacement[node] - exercise[node]
            var better = gain.when(gain .> Lanes.zero, else: .zero)
            if node > 0 && node < last {
                let before = replacement[node - 1] - exercise[node - 1]
                let after = replacement[node + 1] - exercise[node + 1]
                let half = (after - before).magnitude * 0.25
                let mean = (gain + half) * (gain + half) / (half * 4)
                better = mean.when(gain.magnitude .< half, else: better)
            }
            let isAmerican = exercise[node] .> Lanes(repeating: -.infinity)
            values[node] = (exercise[node] + better).when(isAmerican, else: replacement[node])
        }
    }

    private mutating func advance(_ time: Double) {
        let weight = Self.share / 2 * time
        Self.eliminate(operation.terms, values, weight, &right, &inverse, &link, &ratio)
        Self.substitute(exercise, right, inverse, link, &middle)
        let first = 1 / (Self.share * (2 - Self.share))
        let second = (1 - Self.share) * (1 - Self.share) * first
        Self.eliminate(middle, values, first, second, ratio, &right)
        Self.substitute(exercise, right, inverse, link, &values)
    }

    /// First stage: the trapezoidal rule's right side, eliminated from the last node to the first, so that exercise is
    /// met in the order of substitution.
    private static func eliminate(
        _ terms: [GridOperator.Term], _ values: [Lanes], _ weight: Double, _ right: inout [Lanes],
        _ inverse: inout [Lanes], _ link: inout [Lanes], _ ratio: inout [Lanes]
    ) {
        let (terms, values) = (terms.span, values.span)
        var rights = right.mutableSpan
        var inverses = inverse.mutableSpan
        var links = link.mutableSpan
        var ratios = ratio.mutableSpan
        let last = values.count - 1
        var (nextRight, nextInverse, nextBefore) = (Lanes.zero, Lanes.zero, Lanes.zero)
        var (ahead, here) = (Lanes.zero, values[last])
        for passed in 0...last {
            let node = last - passed
            let term = terms[node]
            let behind = node > 0 ? values[node - 1] : .zero
            let (own, before, after) = (term.own * weight, term.before * weight, term.after * weight)
            let factor = after * nextInverse
            nextRight = (here + own * here + before * behind + after * ahead) + factor * nextRight
            nextInverse = 1 / ((1 - own) - (after * nextBefore) * nextInverse)
            nextBefore = before
            rights[node] = nextRight
            inverses[node] = nextInverse
            links[node] = before * nextInverse
            ratios[node] = factor
            (ahead, here) = (here, behind)
        }
    }

    /// Second stage: the backward difference's right side through the same elimination.
    private static func eliminate(
        _ middle: [Lanes], _ values: [Lanes], _ first: Double, _ second: Double, _ ratio: [Lanes],
        _ right: inout [Lanes]
    ) {
        let (middle, values, ratio) = (middle.span, values.span, ratio.span)
        var rights = right.mutableSpan
        var next = Lanes.zero
        let last = values.count - 1
        for passed in 0...last {
            let node = last - passed
            next = (middle[node] * first - values[node] * second) + ratio[node] * next
            rights[node] = next
        }
    }

    private static func substitute(
        _ exercise: [Lanes], _ right: [Lanes], _ inverse: [Lanes], _ link: [Lanes], _ found: inout [Lanes]
    ) {
        let (exercise, right, inverse, link) = (exercise.span, right.span, inverse.span, link.span)
        var founds = found.mutableSpan
        var before = Lanes.zero
        for node in right.indices {
            let value = right[node] * inverse[node] + link[node] * before
            before = value.when(value .> exercise[node], else: exercise[node])
            founds[node] = before
        }
    }
}
