/// Below which underlying price an American put of strike 1 is exercised, as a function of the time left; for rates
/// above 0.
///
/// Andersen, Lake and Offengenden (High Performance American Option Pricing, 2016): the squared logarithm of the
/// boundary is interpolated in the root of time between Chebyshev nodes. Their equation at the nodes is solved by
/// Newton's method with its whole derivative, where they iterate it as a fixed point.
struct ExerciseBoundary {
    let inputs: Inputs
    /// The boundary just before expiry; it falls from there as more time is left.
    let start: Double
    private let scheme: BoundaryScheme
    /// ln(boundary / start) at the scheme's nodes; below 0.
    private(set) var logarithms: [Double]
    /// The derivative of the last step.
    private var system: LinearSystem?

    struct Inputs {
        var rate: Double
        var yield: Double
        var volatility: Double
        var years: Double

        var start: Double { yield > rate ? rate / yield : 1 }
    }

    /// Newton squares the error: a step as small as this leaves 1e-7.
    private static let settled = 3e-4
    static let maximumSteps = 12

    /// The boundary on the coarse scheme, from an approximation in closed form.
    init(coarse inputs: Inputs) {
        self.inputs = inputs
        start = inputs.start
        scheme = .coarse
        let guess = BoundaryGuess(
            rate: inputs.rate, yield: inputs.yield, volatility: inputs.volatility, start: inputs.start)
        logarithms = guess.logarithms(years: scheme.roots.map { $0 * $0 * inputs.years })
        solve()
    }

    /// The boundary on the fine scheme, from the coarse one.
    init(refining coarse: ExerciseBoundary) {
        inputs = coarse.inputs
        start = coarse.start
        scheme = .fine
        logarithms = BoundaryScheme.refined(coarse.logarithms)
        solve()
    }

    /// The boundary of slightly other inputs, in steps that keep this one's derivative: one leaves an error of second
    /// order in the change, two of third.
    func moved(to inputs: Inputs, steps: Int) -> ExerciseBoundary {
        var result = ExerciseBoundary(inputs: inputs, start: inputs.start, scheme: scheme, logarithms: logarithms)
        guard let system else { return result }
        let equation = BoundaryEquation(inputs, start: result.start, scheme)
        for _ in 0..<steps { _ = result.move(system.solve(equation.residuals(result.logarithms))) }
        return result
    }

    private init(inputs: Inputs, start: Double, scheme: BoundaryScheme, logarithms: [Double]) {
        self.inputs = inputs
        self.start = start
        self.scheme = scheme
        self.logarithms = logarithms
    }

    /// The boundary with the whole term left.
    var now: Double { start * exponential(logarithms[0]) }

    var valuationRule: Quadrature { scheme.valuationRule }

    /// ln(boundary) at the points of every step of the scheme's valuation rule.
    var valuationLogarithms: [Lanes] {
        let squares = logarithms.map { $0 * $0 }
        let first = logarithm(start)
        return valuationRule.nodes.indices.map {
            first - BoundaryScheme.distance(scheme.valuationWeights.span, squares.span, $0)
        }
    }

    private mutating func solve() {
        let equation = BoundaryEquation(inputs, start: start, scheme)
        for _ in 0..<Self.maximumSteps {
            let (residuals, slopes) = equation.linearised(logarithms)
            let system = LinearSystem(slopes, size: scheme.nodes)
            self.system = system
            if move(system.solve(residuals)) < Self.settled { break }
        }
    }

    /// Takes a step off, at most a third of each logarithm, and returns the largest part of it. A residual that is no
    /// number comes from a boundary that is too low.
    private mutating func move(_ step: [Double]) -> Double {
        var largest = 0.0
        for node in logarithms.indices {
            let old = logarithms[node]
            let next = old - step[node]
            logarithms[node] = next.isFinite ? min(max(next, 4 / 3.0 * old), old * 2 / 3) : old * 2 / 3
            largest = max(largest, (logarithms[node] - old).magnitude)
        }
        return largest
    }
}
