import PortfolioModel

/// What a quote needs of an ordinary position, in numbers alone: nothing here is counted, so that valuing a batch of
/// quotes touches no reference. Positions out of the ordinary have none and are valued by `PositionValuer`.
///
/// Small, because a large book's terms are rarely in the cache: 96 bytes where optionals and conversions of its own
/// made 225, and a batch of 64 quotes waited for two cache lines more an option (docs/performance.md).
struct QuickTerms: Sendable {
    enum Shape: Sendable { case option, future, security }

    /// What the open P&L counts from: quantity x multiplier x average, else the cost basis. Raw counts of 1e-8.
    let cost: Int128
    let realized: Contribution.Amount
    let hasCost: Bool
    let shape: Shape
    let market: QuickMoment.Market
    let underlyingMarket: QuickMoment.Market
    let right: OptionRight?
    /// The place of its `QuickConversion`.
    let conversion: Int32
    /// Places in the market table; of what has no underlying its own.
    let place: Int32
    let underlyingPlace: Int32
    /// Quantity x multiplier, a whole number.
    let worth: Int64
    let priorSettlement: WireDecimal
    let quantity: Double
    let multiplier: Double
    /// Units one contract delivers; the multiplier for what is no option.
    let units: Double

    /// Of a position that is out of the ordinary: no table has its place, so nothing is valued by it.
    static let none = QuickTerms()

    private init() {
        (shape, market, underlyingMarket, right) = (.security, .clock, .clock, nil)
        (place, underlyingPlace, conversion) = (.max, .max, 0)
        (worth, cost, hasCost, priorSettlement) = (0, 0, false, .absent)
        realized = .init()
        (quantity, multiplier, units) = (0, 0, 0)
    }

    /// nil for a position that is out of the ordinary: its account or terms are not confirmed, it was traded today, or
    /// its figures are not whole or too large. `conversion` is the place of its conversion.
    init?(_ line: PositionLine, conversion: Int) {
        let (position, instrument) = (line.holding.position, line.holding.instrument)
        guard line.holding.account.state == .confirmed, position.today.date == nil, !position.quantity.isZero,
            let place = Int32(exactly: instrument.id.index), let conversion = Int32(exactly: conversion),
            let units = try? line.units.get(), units.isWhole,
            let worth = Int64(exactly: units.raw / FixedDecimal.unitsPerOne), worth.magnitude < 1 << 31
        else { return nil }
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
            self.units = terms.units.doubleValue
        default:
            shape = instrument.kind == .future ? .future : .security
            right = nil
            (underlyingPlace, underlyingMarket) = (place, .init(instrument.kind))
            self.units = line.multiplier
        }
        var realized = Contribution.Amount()
        if let amount = position.realizedToday.flatMap({ line.toBase.apply($0) }) {
            realized = .init(raw: amount.raw, state: .confirmed)
        }
        self.realized = realized
        (market, self.place, self.conversion, self.worth) = (.init(instrument.kind), place, conversion, worth)
        if let average = position.averageOpenPrice {
            guard let small = Int64(exactly: average.raw) else { return nil }
            (cost, hasCost) = (Int128(worth) * Int128(small), true)
        } else if let basis = position.costBasis, shape != .future {
            (cost, hasCost) = (basis.raw, true)
        } else {
            (cost, hasCost) = (0, false)
        }
        priorSettlement = WireDecimal(position.priorSettlement)
        if position.priorSettlement != nil && priorSettlement.isAbsent { return nil }
        quantity = line.quantity
        multiplier = line.multiplier
    }
}
