import PortfolioModel

/// What a quote needs of an ordinary position, in numbers alone: nothing here is counted, so that valuing a batch of
/// quotes touches no reference. Positions out of the ordinary have none and are valued by `PositionValuer`.
struct QuickTerms: Sendable {
    enum Shape: Sendable { case option, future, security }

    let shape: Shape
    let kind: InstrumentKind
    /// Places in the market table; of what has no underlying its own.
    let place: Int
    let underlyingPlace: Int
    let underlyingKind: InstrumentKind
    let right: OptionRight?
    /// Quantity x multiplier, a whole number.
    let worth: Int64
    /// Raw counts of 1e-8; nil where nobody says.
    let average: Int64?
    let costBasis: Int128?
    let priorSettlement: Int64?
    let realized: Contribution.Amount
    let quantity: Double
    let multiplier: Double
    /// Units one contract delivers; the multiplier for what is no option.
    let units: Double
    /// Units of base currency for one; 1 where the amounts are in it already.
    let rate: Double
    let toBase: FXConversion.Single
    /// By the rate of the prior settlement: the day's FX move is of the difference. `.same` where there is no move, nil
    /// while no rate of then is known.
    let settledToBase: FXConversion.Single?

    /// Of a position that is out of the ordinary: no table has its place, so nothing is valued by it.
    static let none = QuickTerms()

    private init() {
        (shape, kind, underlyingKind, right) = (.security, .equity, .equity, nil)
        (place, underlyingPlace) = (.max, .max)
        (worth, average, costBasis, priorSettlement) = (0, nil, nil, nil)
        realized = .init()
        (quantity, multiplier, units, rate) = (0, 0, 0, 0)
        (toBase, settledToBase) = (.same, .same)
    }

    /// nil for a position that is out of the ordinary: its account, rate or terms are not confirmed, it was traded
    /// today, or its figures are not whole or too large.
    init?(_ line: PositionLine) {
        let (position, instrument) = (line.holding.position, line.holding.instrument)
        guard line.holding.account.state == .confirmed, position.today.date == nil, !position.quantity.isZero,
            let rate = line.toBase.rate.value?.doubleValue, let toBase = line.toBase.single,
            line.toBase.rate.state == .confirmed,
            line.settledToBase.rate.state != .stale,
            let units = try? line.units.get(), units.isWhole,
            let worth = Int64(exactly: units.raw / FixedDecimal.unitsPerOne), worth.magnitude < 1 << 31
        else { return nil }
        switch instrument.kind {
        case .fund, .cash: return nil
        case .equityOption, .indexOption, .futureOption:
            guard let terms = try? line.terms?.get(), let underlying = line.holding.underlying,
                !underlying.kind.isOption, underlying.kind != .fund, underlying.kind != .cash
            else { return nil }
            shape = .option
            right = terms.right
            (underlyingPlace, underlyingKind) = (underlying.id.index, underlying.kind)
            self.units = terms.units.doubleValue
        default:
            shape = instrument.kind == .future ? .future : .security
            right = nil
            (underlyingPlace, underlyingKind) = (instrument.id.index, instrument.kind)
            self.units = line.multiplier
        }
        var realized = Contribution.Amount()
        if let amount = position.realizedToday.flatMap({ line.toBase.apply($0) }) {
            realized = .init(raw: amount.raw, state: .confirmed)
        }
        self.realized = realized
        kind = instrument.kind
        place = instrument.id.index
        self.worth = worth
        if let average = position.averageOpenPrice {
            guard let small = Int64(exactly: average.raw) else { return nil }
            self.average = small
        } else {
            average = nil
        }
        costBasis = position.costBasis?.raw
        priorSettlement = position.priorSettlement.flatMap { Int64(exactly: $0.raw) }
        if position.priorSettlement != nil && priorSettlement == nil { return nil }
        quantity = line.quantity
        multiplier = line.multiplier
        self.rate = rate
        self.toBase = toBase
        settledToBase = line.settledToBase.single
        // Known, but by several rates: out of the ordinary.
        if settledToBase == nil && line.settledToBase.rate.value != nil { return nil }
    }
}
