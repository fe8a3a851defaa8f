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

    /// An amount, a count of 1e-8, in base currency, rounded once; nil when it leaves the range of money.
    @inline(__always)
    func base(_ raw: Int128) -> Int128? { Self.apply(toBase, raw) }

    /// The same by the rate of then; nil also while none is known.
    func settledBase(_ raw: Int128) -> Int128? { settledToBase.flatMap { Self.apply($0, raw) } }

    @inline(__always)
    private static func apply(_ conversion: FXConversion.Single, _ raw: Int128) -> Int128? {
        // One call instead of three for an amount of 64 bits, as ordinary ones are.
        if case .times(let rate) = conversion, let small = Int64(exactly: raw) {
            return (try? FixedDecimal(raw64: small).multiplied(by: rate))?.raw
        }
        guard raw.magnitude < 1 << 90 else { return nil }
        if case .same = conversion { return raw }
        guard let amount = try? FixedDecimal(raw: raw) else { return nil }
        return conversion.apply(amount)?.raw
    }
}
