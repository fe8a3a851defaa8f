package import PortfolioModel

/// Profit of a group of legs at expiry as a function of the underlying's price: straight between its corners. Exact, in
/// the legs' currency, without fees.
package struct ExpiryPayoff: Sendable {
    /// One leg: quantity x the positive part of +-(units x price - exchanged), or a line, less what opened it.
    private struct Leg: Sendable {
        /// nil for shares and futures.
        var right: OptionRight?
        /// Signed.
        var quantity: FixedDecimal
        /// Units of the underlying a contract delivers; the multiplier for shares and futures.
        var units: FixedDecimal
        /// Strike x multiplier less cash in lieu: what `units` are exchanged for. 0 for shares and futures.
        var exchanged: FixedDecimal
        /// Quantity x multiplier x average open price; negative for a credit.
        var paid: FixedDecimal
    }

    private let legs: [Leg]
    /// 0 and every price at which a leg's payoff bends, ascending.
    package let corners: [FixedDecimal]

    /// Throws why there is none: a leg's open price or terms are not known, or the legs are in two currencies.
    init(_ group: LegGroup) throws(UnknownReason) {
        guard Set(group.legs.map(\.instrument.currency)).count == 1 else { throw UnknownReason("two currencies") }
        var legs: [Leg] = []
        for row in group.legs { legs.append(try Self.leg(row)) }
        self.legs = legs
        var corners: Set<FixedDecimal> = [.zero]
        for leg in legs where leg.right != nil && leg.exchanged > .zero {
            guard let corner = try? leg.exchanged.divided(by: leg.units) else { throw UnknownReason("out of range") }
            corners.insert(corner)
        }
        self.corners = corners.sorted()
    }

    private static func leg(_ row: PositionView) throws(UnknownReason) -> Leg {
        let position = row.position
        guard let open = position.averageOpenPrice else {
            throw UnknownReason("\(row.instrument.name): open price not known")
        }
        do {
            let multiplier = row.instrument.multiplier
            let paid = try position.quantity.multiplied(by: multiplier).multiplied(by: open)
            guard row.instrument.kind.isOption else {
                return Leg(right: nil, quantity: position.quantity, units: multiplier, exchanged: .zero, paid: paid)
            }
            let terms = try OptionTerms(row.instrument, underlying: row.underlying)
            guard !terms.deliversOthers else { throw UnknownReason("\(row.instrument.name) delivers others too") }
            return Leg(
                right: terms.right, quantity: position.quantity, units: terms.units,
                exchanged: try terms.strike.multiplied(by: multiplier) - terms.cashInLieu, paid: paid)
        } catch let reason as UnknownReason {
            throw reason
        } catch {
            throw UnknownReason("out of range")
        }
    }

    /// Profit at an underlying's price of 0 or more. Throws when it leaves the range of money.
    package func profit(at price: FixedDecimal) throws(DecimalError) -> FixedDecimal {
        var sum = FixedDecimal.zero
        for leg in legs {
            let gain = try leg.units.multiplied(by: price) - leg.exchanged
            let payoff: FixedDecimal =
                switch leg.right {
                case nil: gain
                case .call: max(.zero, gain)
                case .put: max(.zero, -gain)
                }
            sum = try sum + leg.quantity.multiplied(by: payoff) - leg.paid
        }
        return sum
    }

    /// Change of profit for 1.00 of price beyond the last corner.
    func finalSlope() throws(DecimalError) -> FixedDecimal {
        var sum = FixedDecimal.zero
        for leg in legs where leg.right != .put { sum = try sum + leg.quantity.multiplied(by: leg.units) }
        return sum
    }
}
