extension Lanes {
    /// Density and cumulative probability of the standard normal.
    typealias NormalPoint = (density: Lanes, cumulative: Lanes)

    /// Those of two sets of deviations.
    @inline(__always)
    static func normals(_ first: Lanes, _ second: Lanes) -> (NormalPoint, NormalPoint) {
        let (firstRatio, secondRatio) = millsRatios(first.magnitude, second.magnitude)
        return (first.normal(firstRatio), second.normal(secondRatio))
    }

    /// `ratio` is Mills' ratio of the magnitudes.
    @inline(__always)
    private func normal(_ ratio: Lanes) -> NormalPoint {
        let density = (self * self * -0.5).exponential * Normal.inverseRootOfTwoPi
        let tail = density * ratio
        return (density, (1 - tail).when(self .> Lanes.zero, else: tail))
    }
}
