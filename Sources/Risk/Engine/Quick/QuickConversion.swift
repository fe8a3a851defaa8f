import PortfolioModel

/// How amounts of some positions become base currency. A book has a handful of these, whatever its size.
struct QuickConversion: Sendable, Equatable {
    let toBase: FXConversion.Single
    /// By the rate of the prior settlement: the day's FX move is of the difference. `.same` where there is no move, nil
    /// while no rate of then is known.
    let settledToBase: FXConversion.Single?
    /// Units of base currency for one; 1 where the amounts are in it already.
    let rate: Double

    /// nil for rates out of the ordinary: unknown, stale, or made of several.
    init?(_ line: PositionLine) {
        guard let rate = line.toBase.rate.value?.doubleValue, let toBase = line.toBase.single,
            line.toBase.rate.state == .confirmed, line.settledToBase.rate.state != .stale
        else { return nil }
        settledToBase = line.settledToBase.single
        if settledToBase == nil && line.settledToBase.rate.value != nil { return nil }
        (self.rate, self.toBase) = (rate, toBase)
    }
}
