import PortfolioModel

/// How amounts of some positions become base currency. A book has a handful of these, whatever its size.
struct QuickConversion: Sendable, Equatable {
    let toBase: RateFraction
    /// By the rate of the prior settlement: the day's FX move is of the difference. nil while no rate of then is known.
    let settledToBase: RateFraction?
    /// Units of base currency for one; 1 where the amounts are in it already.
    let rate: Double

    /// nil for rates out of the ordinary: unknown, stale, or made of several.
    init?(_ line: PositionLine) {
        guard let rate = line.toBase.rate.value?.doubleValue, line.toBase.rate.state == .confirmed,
            let toBase = line.toBase.single.flatMap(RateFraction.init), line.settledToBase.rate.state != .stale
        else { return nil }
        settledToBase = line.settledToBase.single.flatMap(RateFraction.init)
        if settledToBase == nil && line.settledToBase.rate.value != nil { return nil }
        (self.rate, self.toBase) = (rate, toBase)
    }
}
