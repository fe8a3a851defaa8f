/// A first exercise boundary for the iteration to start from: the quadratic approximation of Barone-Adesi and Whaley
/// (Efficient Analytic Approximation of American Option Values, 1987) for a put of strike 1.
struct BoundaryGuess {
    private let rate: Double
    private let yield: Double
    private let volatility: Double
    private let logarithmOfStart: Double
    /// 2 (rate - yield) / variance - 1.
    private let shift: Double
    /// ln(boundary / start) of an option without end, which no other is below.
    private let lowest: Double
    private static let steps = 6

    init(rate: Double, yield: Double, volatility: Double, start: Double) {
        self.rate = rate
        self.yield = yield
        self.volatility = volatility
        logarithmOfStart = logarithm(start)
        let variance = volatility * volatility
        shift = 2 * (rate - yield) / variance - 1
        let power = (-shift - (shift * shift + 8 * rate / variance).squareRoot()) / 2
        lowest = logarithmOfRatio(power, power - 1) - logarithmOfStart
    }

    /// ln(boundary / start) for each time; below 0.
    func logarithms(years: [Double]) -> [Double] {
        var found: [Double] = []
        found.reserveCapacity(years.count)
        for first in stride(from: 0, to: years.count, by: Lanes.width) {
            let solved = solved(years.span.lanes(at: first))
            for lane in 0..<min(Lanes.width, years.count - first) { found.append(min(solved[lane], -1e-8)) }
        }
        return found
    }

    /// Newton's steps on 1 - e^(-qT) Phi(-d1) + lambda (1 - B - p(B)) / B = 0 in ln(B / start).
    private func solved(_ time: Lanes) -> Lanes {
        let width = time.squareRoot() * volatility
        let kept = (time * -yield).exponential
        let discount = (time * -rate).exponential
        let power =
            (-shift - (shift * shift + 8 * rate / (volatility * volatility) / (1 - discount)).squareRoot()) * 0.5
        var position = width * -1.5
        position = position.when(position .> Lanes(repeating: lowest), else: Lanes(repeating: lowest))
        for _ in 0..<Self.steps {
            let spot = (position + logarithmOfStart).exponential
            let upper = (position + logarithmOfStart + time * (rate - yield)) / width + width * 0.5
            let ((density, outside), (_, below)) = Lanes.normals(-upper, width - upper)
            let put = discount * below - spot * kept * outside
            let gain = (1 - spot - put) / spot
            let held = 1 - kept * outside
            let slope = kept * density / width - power * (held + gain)
            let step = (held + power * gain) / slope
            let half = Lanes(repeating: 0.5)
            let bounded = half.when(step .> half, else: (-half).when(step .< -half, else: step))
            let next = position - bounded
            position = next.when(next .<= Lanes.zero, else: position * 0.5)
        }
        return position
    }
}
