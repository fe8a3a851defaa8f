package import PortfolioModel

/// What a group of legs can still win and lose at expiry (domain.md, Group health). Amounts in the legs' currency,
/// without fees.
package struct GroupHealth: Sendable {
    package enum Bound: Sendable, Equatable {
        /// Signed: a loss is negative.
        case amount(FixedDecimal)
        case unlimited
    }

    /// Why a group's payoff is not known.
    package struct Reason: Error, Sendable, Equatable {
        package var text: String
    }

    package struct Outcome: Sendable, Equatable {
        package var maximumProfit: Bound
        package var maximumLoss: Bound
        /// Prices of the underlying at which expiry brings neither profit nor loss, ascending.
        package var breakEvens: [FixedDecimal]
        /// Open profit / maximum profit; nil without a positive, limited maximum or without open profit.
        package var shareOfMaximum: Double?
    }

    package var group: LegGroup
    package var currency: Currency
    package var outcome: Result<Outcome, Reason>
    /// Open profit now.
    package var open: MoneyFigure
    /// Calendar days; nil for shares alone.
    package var daysLeft: Int?

    package init(_ group: LegGroup) {
        self.group = group
        currency = group.legs.first?.instrument.currency ?? group.account.currency
        daysLeft = group.expiry == nil ? nil : group.legs.first { $0.instrument.kind.isOption }?.daysToExpiry
        var sum = MoneySum()
        for row in group.legs { sum.add(row.unrealizedPnL.native, named: row.name) }
        open = sum.total(currency).figure
        do {
            outcome = .success(try Self.outcome(try ExpiryPayoff(group), open: open))
        } catch let reason as UnknownReason {
            outcome = .failure(Reason(text: reason.text))
        } catch {
            outcome = .failure(Reason(text: "out of range"))
        }
    }

    private static func outcome(_ payoff: ExpiryPayoff, open: MoneyFigure) throws(DecimalError) -> Outcome {
        var profits: [FixedDecimal] = []
        for corner in payoff.corners { profits.append(try payoff.profit(at: corner)) }
        let slope = try payoff.finalSlope()
        let (best, worst) = (profits.max() ?? .zero, profits.min() ?? .zero)
        var share: Double?
        if slope <= .zero, best > .zero, let now = open.amount.value { share = now.doubleValue / best.doubleValue }
        return Outcome(
            maximumProfit: slope > .zero ? .unlimited : .amount(best),
            maximumLoss: slope < .zero ? .unlimited : .amount(worst),
            breakEvens: try breakEvens(payoff.corners, profits, slope), shareOfMaximum: share)
    }

    private static func breakEvens(
        _ corners: [FixedDecimal], _ profits: [FixedDecimal], _ slope: FixedDecimal
    ) throws(DecimalError) -> [FixedDecimal] {
        var found: [FixedDecimal] = []
        for (index, profit) in profits.enumerated() {
            let price = corners[index]
            if profit.isZero {
                // A stretch without profit or loss has no break-even of its own.
                let isFlat = index > 0 && profits[index - 1].isZero
                if !isFlat && price > .zero { found.append(price) }
            } else if index + 1 == profits.count {
                guard !slope.isZero, profit.isNegative != slope.isNegative else { continue }
                found.append(try price + (-profit).divided(by: slope))
            } else {
                let next = profits[index + 1]
                guard !next.isZero, next.isNegative != profit.isNegative else { continue }
                let width = try corners[index + 1] - price
                found.append(try price + (-profit).multiplied(by: width).divided(by: next - profit))
            }
        }
        return found
    }
}
