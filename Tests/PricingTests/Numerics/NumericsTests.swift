import Foundation
import Testing

@testable import Pricing

/// The module's own functions against the system's, or against what they are defined by.
struct NumericsTests {
    private func relative(_ found: Double, _ expected: Double) -> Double {
        (found - expected).magnitude / max(expected.magnitude, Double.leastNormalMagnitude)
    }

    @Test func exponential_ofLanes_isTheSystems() {
        var worst = 0.0
        for step in 0..<40_000 {
            let argument = -700 + 0.0351 * Double(step)
            worst = max(worst, relative(Lanes(repeating: argument).exponential[1], exp(argument)))
        }
        #expect(worst < 5e-16)
        #expect(Lanes(repeating: -800).exponential == .zero)
    }

    @Test func logarithm_ofLanes_isTheSystems_alsoNearOne() {
        var worst = 0.0
        for step in 1..<40_000 {
            let other = 0.003 * Double(step)
            for factor in [0.3, 0.7, 0.9999999, 1 + 1e-15, 1.0001, 1.41, 2, 1e9, 1e-200] {
                let value = other * factor
                let expected = logarithmOfRatio(value, other)
                worst = max(
                    worst, relative(Lanes(repeating: value).logarithm(over: Lanes(repeating: other))[2], expected))
            }
        }
        #expect(worst < 1e-15)
    }

    /// phi(a) M(a) is the tail; 1 / (a + 1 / (a + 2 / (a + ...))) is M itself far out.
    @Test func millsRatio_isTheTailOverTheDensity() {
        for step in 0..<2000 {
            let a = 0.01 * Double(step)
            let tail = a < 20 ? erfc(a / 2.0.squareRoot()) / 2 / Normal.density(a) : 0
            var fraction = a
            for term in (1...200).reversed() { fraction = a + Double(term) / fraction }
            let expected = a < 8 ? tail : 1 / fraction
            #expect(relative(MillsRatio.value(a), expected) < (a < 8 ? 3e-14 : 8e-16))
            #expect(relative(Lanes(repeating: a).millsRatio[0], expected) < (a < 10 ? 3e-14 : 1e-9))
        }
    }

    @Test func millsDifference_keepsItsDigits_whenItIsSmall() {
        for c in [0.1, 0.5, 2, 5, 9.99] {
            let exact = MillsRatio.difference(around: c, halfWidth: 0.0099)
            let plain = MillsRatio.value(c - 0.0099) - MillsRatio.value(c + 0.0099)
            #expect(relative(exact, plain) < 1e-11)
            // Halving a small width halves the difference but for its third power.
            let ratio =
                MillsRatio.difference(around: c, halfWidth: 1e-7) / MillsRatio.difference(around: c, halfWidth: 5e-8)
            #expect(abs(ratio - 2) < 1e-12)
        }
    }

    @Test func doublePair_holdsWhatADoubleLoses() {
        for (rate, years) in [(-0.05, 3.0), (0.2, 10), (-0.2, 0.1), (0.02, 7.3)] {
            let pair = DoublePair(exponentialOf: rate, times: years)
            let other = DoublePair(exponentialOf: -rate, times: years)
            // exp(x) exp(-x) = 1: the product of the pairs misses it by far less than a double's last digit.
            let product = pair.high * other.high
            let rest = fma(pair.high, other.high, -product)
            let miss = (product - 1) + rest + pair.high * other.low + pair.low * other.high
            #expect(miss.magnitude < 1e-16)
            #expect(relative(pair.high, exp(rate * years)) < 3e-16)
            let lanes = LanePair(
                exponentialOf: Lanes(repeating: rate), times: Lanes(repeating: years))
            #expect((lanes.high[3] - pair.high) + (lanes.low[3] - pair.low) < 1e-18)
            let near = 100 * (1 + 1e-15)
            let difference = pair.difference(times: 100, pair, times: near)
            #expect(relative(difference, (100 - near) * pair.high) < 1e-9)
        }
    }

    @Test func quantile_isTheInverse() {
        for share in [1e-300, 1e-50, 1e-9, 0.001, 0.02, 0.03, 0.3, 0.5, 0.7, 0.98, 0.999] {
            let found = Normal.cumulative(Normal.roughQuantile(share))
            #expect(relative(found, share) < (share < 1e-20 ? 1e-5 : 1e-7))
        }
    }

    @Test func linearSystem_isSolved_alsoWithRowsExchanged() {
        let matrix: [Double] = [0, 2, 1, 4, 0, -1, 1, 1, 1]
        let found = LinearSystem(matrix, size: 3).solve([7, 1, 6])
        for (row, right) in zip(0..<3, [7.0, 1, 6]) {
            let sum = (0..<3).reduce(0) { $0 + matrix[row * 3 + $1] * found[$1] }
            #expect(abs(sum - right) < 1e-14)
        }
    }

    @Test func quadrature_integratesPolynomials() {
        for (rule, allowed) in [
            (Quadrature.gaussLegendre(12), 1e-14), (.gaussLegendre(24), 1e-14),
            (.doubleExponential(40, reach: 3), 1e-6),
        ] {
            for power in 0...10 {
                var sum = 0.0
                for (node, weight) in zip(rule.nodes, rule.weights) {
                    for lane in 0..<Lanes.width { sum += weight[lane] * pow(node[lane], Double(power)) }
                }
                #expect(abs(sum - (power % 2 == 0 ? 2 / Double(power + 1) : 0)) < allowed)
            }
        }
    }

    @Test func differenceWeights_giveDerivativesOfPolynomials() {
        let nodes = [-0.9, -0.35, 0.1, 0.4, 1.1, 1.7]
        let weights = DifferenceWeights.at(0.27, nodes: nodes[...], orders: 3)
        let x = 0.27
        let values = nodes.map { 1 + $0 - 2 * pow($0, 3) + pow($0, 5) }
        let expected = [
            1 + x - 2 * pow(x, 3) + pow(x, 5), 1 - 6 * x * x + 5 * pow(x, 4), -12 * x + 20 * x * x * x,
            -12 + 60 * x * x,
        ]
        for order in 0...3 {
            let found = zip(weights[order], values).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(found - expected[order]) < 1e-11)
        }
    }
}
