extension Lanes {
    /// Density and cumulative probability of the standard normal.
    @inline(__always)
    var normal: (density: Lanes, cumulative: Lanes) {
        let density = (self * self * -0.5).exponential * Normal.inverseRootOfTwoPi
        let tail = density * magnitude.millsRatio
        return (density, (1 - tail).when(self .> Lanes.zero, else: tail))
    }
}
