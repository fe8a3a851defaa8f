import PortfolioModel

/// The P&L of one position between two consecutive edges that have marks and rates, by terms.
///
/// Exactly: `held x (mark1 fx1 - mark0 fx0) + (traded x mark1 + trade cash) fx1 + (income - fees) fx1`, each product
/// rounded at the eighth place, and the residual is what the other terms leave of it. What was traded between the edges
/// is valued at the later edge's rate. Quantity that changed without a trade (a transfer, a split) is taken to have
/// come at its mark.
struct AttributionStep: Sendable {
    let terms: ProfitTerms
    /// Native P&L.
    let native: FixedDecimal
    /// No Greeks explain it: all of the price's part is residual.
    let lacksGreeks: Bool
    let lacksVolatility: Bool
    /// The Greeks are the model's along the way, not the edges'.
    let isByModel: Bool
    /// Quantity that came or went without a trade.
    let transferred: FixedDecimal
    /// Some of a future was traded at a price that nobody states, and counts as traded at its mark.
    let lacksFillPrice: Bool

    /// nil when an edge has no mark or no rate.
    init?(
        _ start: ValuationEdge, _ end: ValuationEdge, _ contract: AttributionContract
    ) throws(DecimalError) {
        guard let mark = start.mark, let fx = start.fx, let later = end.mark, let rate = end.fx else { return nil }
        let held = try start.quantity.multiplied(by: contract.multiplier)
        let gain = try held.multiplied(by: later - mark)
        let opening = try held.multiplied(by: mark)
        let closing = try held.multiplied(by: later)
        let profit =
            contract.isFuture
            ? try gain.multiplied(by: rate) : try closing.multiplied(by: rate) - opening.multiplied(by: fx)
        let price = try gain.multiplied(by: fx)

        var terms = ProfitTerms()
        terms[.fx] = try profit - price
        let flows = try EdgeFlows(end, contract, mark: later)
        terms[.fills] = try flows.fills.multiplied(by: rate)
        terms[.carry] = try flows.carry.multiplied(by: rate)
        native = try gain + flows.fills + flows.carry
        transferred = try end.quantity - start.quantity - end.events.tradedQuantity
        lacksFillPrice = flows.lacksPrice

        let greeks = contract.isOption ? GreekTerms(start, end, contract) : nil
        lacksGreeks = contract.isOption && greeks == nil && !start.quantity.isZero
        lacksVolatility = greeks?.lacksVolatility == true && !start.quantity.isZero
        isByModel = greeks?.isByModel == true && !start.quantity.isZero
        if let greeks {
            let scale = held.doubleValue * fx.doubleValue
            for (term, value) in greeks.parts {
                guard let amount = FixedDecimal(approximating: value * scale) else { throw .overflow }
                try terms.add(amount, to: term)
            }
        } else if !contract.isOption {
            terms[.delta] = price
        }
        let explained = try terms.total
        terms[.residual] = try profit + terms[.fills] + flows.carry.multiplied(by: rate) - explained
        self.terms = terms
    }
}

/// What an edge's events brought, native currency.
struct EdgeFlows {
    let fills: FixedDecimal
    let carry: FixedDecimal
    let lacksPrice: Bool

    init(_ edge: ValuationEdge, _ contract: AttributionContract, mark: FixedDecimal) throws(DecimalError) {
        let events = edge.events
        lacksPrice = !events.unpricedQuantity.isZero
        let priced = try events.tradedQuantity - events.unpricedQuantity
        fills = try priced.multiplied(by: contract.multiplier).multiplied(by: mark) + events.tradeCash
        carry = contract.isFuture ? -events.fees : try events.income - events.fees
    }
}

extension GreekTerms {
    fileprivate var parts: [(ProfitTerms.Term, Double)] {
        [(.delta, delta), (.gamma, gamma), (.theta, theta), (.vega, vega), (.rho, rho), (.carry, carry)]
    }
}
