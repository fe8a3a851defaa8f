/// What early exercise below a boundary that does not move would earn over a term, in closed form. The true premium is
/// this plus a correction that is smooth near the boundary, where the premium's own integrand changes without bound.
///
/// The integral of e^(-rate v) Phi(-(a / sqrt v + b sqrt v)) over time, by parts and with the substitution that solves
/// the first passage of a Brownian motion with drift (compare Carr, Jarrow and Myneni 1992).
struct FlatPremium {
    /// Price and its first three derivatives in the underlying's price.
    let value: AmericanPut.Value

    /// For a put of strike 1; `distance` is ln(spot / boundary), above 0.
    init(_ inputs: ExerciseBoundary.Inputs, spot: Double, distance: Double) {
        let (rate, yield, volatility) = (inputs.rate, inputs.yield, inputs.volatility)
        let drift = (rate - yield) / volatility
        let start = distance / volatility
        let kept = Self.earned(rate: rate, drift: drift - volatility / 2, start: start, years: inputs.years)
        let paid = Self.earned(rate: yield, drift: drift + volatility / 2, start: start, years: inputs.years)
        // kept(a) - S paid(a), with a = ln(S / B) / volatility.
        let step = 1 / volatility
        let (first, second, third) = (
            kept.first * step, kept.second * step * step, kept.third * step * step * step
        )
        let (paidFirst, paidSecond, paidThird) = (
            paid.first * step, paid.second * step * step, paid.third * step * step * step
        )
        value = AmericanPut.Value(
            price: kept.value - spot * paid.value, delta: first / spot - paid.value - paidFirst,
            gamma: (second - first) / (spot * spot) - (paidFirst + paidSecond) / spot,
            speed: (third - 3 * second + 2 * first) / (spot * spot * spot) - (paidThird - paidFirst) / (spot * spot))
    }

    /// A function of the start and its derivatives in it.
    private struct Derivatives {
        var value = 0.0
        var first = 0.0
        var second = 0.0
        var third = 0.0

        mutating func add(_ other: Derivatives, times factor: Double) {
            value += factor * other.value
            first += factor * other.first
            second += factor * other.second
            third += factor * other.third
        }
    }

    private static func earned(rate: Double, drift: Double, start: Double, years: Double) -> Derivatives {
        let root = years.squareRoot()
        let slope = (drift * drift + 2 * rate).squareRoot()
        var sum = Derivatives()
        sum.add(tail(growth: 0, start, drift * root, root), times: -exponential(-rate * years))
        sum.add(tail(growth: slope - drift, start, slope * root, root), times: (1 + drift / slope) / 2)
        sum.add(tail(growth: -slope - drift, start, -slope * root, root), times: (1 - drift / slope) / 2)
        return sum
    }

    /// e^(growth a) Phi(-(a / root + shift)) at a = `start`.
    private static func tail(growth: Double, _ start: Double, _ shift: Double, _ root: Double) -> Derivatives {
        let deviation = start / root + shift
        let density = exponential(growth * start - deviation * deviation / 2) * Normal.inverseRootOfTwoPi
        let value =
            deviation > 0
            ? density * MillsRatio.value(deviation) : exponential(growth * start) * Normal.cumulative(-deviation)
        let point = density / root
        let slope = (growth - deviation / root) * point
        let bend = (growth - deviation / root) * slope - point / (root * root)
        let first = growth * value - point
        let second = growth * first - slope
        return Derivatives(value: value, first: first, second: second, third: growth * second - bend)
    }
}
