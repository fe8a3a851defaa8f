import PortfolioModel
import Pricing

/// What one option contract is worth exercising, from its contract terms: nothing assumes 100.
struct OptionTerms: Sendable {
    let right: OptionRight
    let strike: FixedDecimal
    let expiry: CalendarDate
    let settlement: Settlement.Time
    /// Currency per 1.00 of quoted price.
    let multiplier: FixedDecimal
    /// Units in what the underlying's price quotes: shares, 50 for an option on one /ES future, the multiplier for
    /// cash.
    let units: FixedDecimal
    /// Cash delivered beside the units.
    let cashInLieu: FixedDecimal
    /// Something else is delivered too, so that the underlying's price alone does not price the contract.
    let deliversOthers: Bool
    let kind: InstrumentKind
    let currency: Currency
    let exercise: ExerciseStyle
    /// The last instant.
    let end: Timestamp
    let underlyingSymbol: String

    var isOnFuture: Bool { kind == .futureOption }

    /// Throws why the terms do not suffice.
    init(
        _ instrument: Instrument, underlying: Instrument?, _ cutoffs: MarketCutoffs = MarketCutoffs()
    ) throws(UnknownReason) {
        guard instrument.kind.isOption, let contract = instrument.contract else { throw UnknownReason("not an option") }
        guard let strike = contract.strike, let right = contract.right else {
            throw UnknownReason("strike or right not stated")
        }
        guard contract.premiumMultiplier > .zero else { throw UnknownReason("multiplier is not positive") }
        (self.strike, self.right, expiry) = (strike, right, contract.expiry)
        settlement = contract.settlement?.time ?? .pm
        multiplier = contract.premiumMultiplier
        (kind, currency) = (instrument.kind, instrument.currency)
        exercise = ExerciseRule.style(kind, contract, currency)
        end = cutoffs.cutoff(kind, currency).instant(expiry, settlement: settlement)
        underlyingSymbol = contract.underlying
        if instrument.kind == .indexOption || contract.settlement?.method == .cash {
            (units, cashInLieu, deliversOthers) = (multiplier, .zero, false)
            return
        }
        guard let deliverables = contract.deliverables, !deliverables.isEmpty else {
            throw UnknownReason("deliverable not stated")
        }
        let names = [contract.underlying, underlying?.symbol].compactMap { $0 }
        do {
            let own = try FixedDecimal.sum(
                deliverables.filter { !$0.isCash && names.contains($0.symbol) }.map(\.amount))
            cashInLieu = try FixedDecimal.sum(deliverables.filter(\.isCash).map(\.amount))
            units =
                instrument.kind == .futureOption
                ? try own.multiplied(by: try Self.futureMultiplier(underlying)) : own
        } catch let reason as UnknownReason {
            throw reason
        } catch {
            throw UnknownReason("deliverable out of range")
        }
        deliversOthers = deliverables.contains { !$0.isCash && !names.contains($0.symbol) }
        if units.isZero { throw UnknownReason("deliverable does not name \(contract.underlying)") }
    }

    private static func futureMultiplier(_ underlying: Instrument?) throws -> FixedDecimal {
        guard let contract = underlying?.contract else { throw UnknownReason("future's multiplier not known") }
        return contract.premiumMultiplier
    }

    /// What exercise delivers per unit of quoted price: (price x units + cash) / multiplier; comparable with the
    /// strike.
    func delivered(at price: FixedDecimal) -> FixedDecimal? {
        if deliversOthers { return nil }
        if units == multiplier && cashInLieu.isZero { return price }
        return try? (price.multiplied(by: units) + cashInLieu).divided(by: multiplier)
    }

    /// Value of immediate exercise per unit of quoted price, never below 0.
    func intrinsic(at price: FixedDecimal) -> FixedDecimal? {
        guard let delivered = delivered(at: price) else { return nil }
        return max(.zero, (try? right == .call ? delivered - strike : strike - delivered) ?? .zero)
    }

    func moneyness(at price: FixedDecimal) -> PositionView.Moneyness? {
        guard let delivered = delivered(at: price) else { return nil }
        if delivered == strike { return .atTheMoney }
        return (delivered > strike) == (right == .call) ? .inTheMoney : .outOfTheMoney
    }

    /// The pricing model at an underlying's price; throws when it cannot be had.
    func model(at price: FixedDecimal, _ market: ModelMarket) throws(UnknownReason) -> OptionModel {
        guard let delivered = delivered(at: price) else { throw UnknownReason("delivers more than the underlying") }
        guard delivered > .zero, strike > .zero else { throw UnknownReason("no positive price to model from") }
        let years = market.years(to: end)
        guard years > 0 else { throw UnknownReason("expired") }
        let (spot, rate) = (delivered.doubleValue, market.assumptions.rate(in: currency))
        return OptionModel(
            right: right, underlyingPrice: spot, strike: strike.doubleValue, years: years, rate: rate,
            yield: market.forward?.price.yield(spot: spot, years: years, rate: rate)
                ?? market.assumptions.yields[underlyingSymbol] ?? 0,
            formula: isOnFuture ? .black76 : .blackScholesMerton, exercise: exercise, dividends: dividends(market))
    }

    /// Of what exercise delivers per unit of quoted price. Futures and indices pay none; an index's are its yield.
    private func dividends(_ market: ModelMarket) -> [CashDividend] {
        guard kind == .equityOption else { return [] }
        let calendar = market.assumptions.cutoffs.cutoff(kind, currency).calendar
        var found = market.dividends(on: underlyingSymbol, in: calendar, before: end)
        if units != multiplier {
            let share = units.doubleValue / multiplier.doubleValue
            for index in found.indices { found[index].amount *= share }
        }
        return found
    }
}
