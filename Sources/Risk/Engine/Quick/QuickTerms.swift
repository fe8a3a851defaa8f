import PortfolioModel

/// What a quote needs of an ordinary position, in numbers alone: nothing here is counted, so that valuing a batch of
/// quotes touches no reference. Positions out of the ordinary have none and are valued by `PositionValuer`.
///
/// Small, because a large book's terms are rarely in the cache: 96 bytes where optionals and conversions of its own
/// made 225, and a batch of 64 quotes waited for two cache lines more an option (docs/performance.md). Amounts that
/// stand while a rate does are in base currency already: a rate that changes makes all terms anew.
struct QuickTerms: Sendable {
    enum Shape: Sendable { case option, future, security }

    /// What the open P&L counts from: quantity x multiplier x average, else the cost basis.
    let cost: RateFraction.Amount
    /// Places in the market table; of what has no underlying its own.
    let place: Int32
    /// What the day's profit counts from, as of the market's previous close when it was last looked at.
    var overnight = QuickOvernight.notLookedAt
    let underlyingPlace: Int32
    /// Quantity x multiplier, a whole number.
    let worth: Int32
    let shape: Shape
    let market: QuickMoment.Market
    let underlyingMarket: QuickMoment.Market
    let right: OptionRight?
    /// The place of its `QuickConversion`.
    let conversion: UInt16
    let hasCost: Bool
    let realizedState: Contribution.State
    let realized: Int64
    let factors: PositionFactors

    /// Of a position that is out of the ordinary: no table has its place, so nothing is valued by it.
    static let none = QuickTerms()

    private init() {
        (shape, market, underlyingMarket, right) = (.security, .clock, .clock, nil)
        (place, underlyingPlace, conversion) = (.max, .max, 0)
        (worth, cost, hasCost) = (0, .zero, false)
        (realized, realizedState) = (0, .unknown)
        factors = PositionFactors(quantity: 0, multiplier: 1, units: 0)
    }

    /// nil for a position that is out of the ordinary: its account or terms are not confirmed, it was traded today, or
    /// its figures are not whole or too large. `conversionPlace` is that of its conversion.
    init?(_ line: PositionLine, _ conversion: QuickConversion, at conversionPlace: Int) {
        let (position, instrument) = (line.holding.position, line.holding.instrument)
        guard line.holding.account.state == .confirmed, position.today.date == nil, !position.quantity.isZero,
            let place = Int32(exactly: instrument.id.index), let conversionPlace = UInt16(exactly: conversionPlace),
            let units = try? line.units.get(), units.isWhole,
            let worth = Int32(exactly: units.raw / FixedDecimal.unitsPerOne)
        else { return nil }
        // Units one contract delivers; the multiplier for what is no option.
        let delivered: Double
        switch instrument.kind {
        case .fund, .cash: return nil
        case .equityOption, .indexOption, .futureOption:
            guard let terms = try? line.terms?.get(), let underlying = line.holding.underlying,
                !underlying.kind.isOption, underlying.kind != .fund, underlying.kind != .cash,
                let underlyingPlace = Int32(exactly: underlying.id.index)
            else { return nil }
            shape = .option
            right = terms.right
            (self.underlyingPlace, underlyingMarket) = (underlyingPlace, .init(underlying.kind))
            delivered = terms.units.doubleValue
        default:
            shape = instrument.kind == .future ? .future : .security
            right = nil
            (underlyingPlace, underlyingMarket) = (place, .init(instrument.kind))
            delivered = line.multiplier
        }
        if let amount = position.realizedToday.flatMap({ line.toBase.apply($0) }) {
            guard let small = Int64(exactly: amount.raw) else { return nil }
            (realized, realizedState) = (small, .confirmed)
        } else {
            (realized, realizedState) = (0, .unknown)
        }
        (market, self.place, self.worth) = (.init(instrument.kind), place, worth)
        self.conversion = conversionPlace
        var paid = shape == .future ? nil : position.costBasis
        if let average = position.averageOpenPrice {
            guard let product = try? units.multiplied(by: average) else { return nil }
            paid = product
        }
        if let paid {
            guard let small = Int64(exactly: paid.raw), let amount = conversion.toBase.amount(small) else { return nil }
            (cost, hasCost) = (amount, true)
        } else {
            (cost, hasCost) = (.zero, false)
        }
        factors = PositionFactors(quantity: line.quantity, multiplier: line.multiplier, units: delivered)
    }
}
