import PortfolioModel

/// Adds up the steps of one position.
struct AttributionSum {
    let contract: AttributionContract
    let limits: PositionAttribution.Limits
    var terms = ProfitTerms()
    var native = FixedDecimal.zero
    var steps = 0
    var modelSteps = 0
    var from: Timestamp?
    var last: ValuationEdge?
    var unknown: String?
    var allowed = (weighted: 0.0, plain: 0.0)
    private var passedOver = 0
    private var lacksGreeks = 0
    private var lacksVolatility = 0
    private var lacksFillPrice = false
    private var lacksOpenPrice = false
    private var transferred = FixedDecimal.zero
    /// Quantity that came without a trade where nothing was held.
    private var reopened = FixedDecimal.zero
    /// Quantity by which trades and changes differ where there were trades: of a fill told after its change.
    private var unmatched = FixedDecimal.zero
    /// Why what it made before its first edge is not known.
    private(set) var incomplete: String?

    init(_ contract: AttributionContract, _ limits: PositionAttribution.Limits) {
        (self.contract, self.limits) = (contract, limits)
    }

    /// Edges of one instant stand in the order given. One without mark or rate is passed over: its events count at the
    /// next. A position that has ended may have no mark: what it went at is its last.
    mutating func take(_ edges: [ValuationEdge], _ opening: PositionAttribution.Opening) throws(DecimalError) {
        let ordered = edges.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
        var pending = EdgeEvents()
        for edge in ordered {
            var edge = edge
            edge.events = try pending.joined(edge.events)
            if edge.mark == nil { edge.mark = try exitPrice(edge) }
            guard edge.mark != nil, edge.fx != nil else {
                passedOver += 1
                pending = edge.events
                continue
            }
            pending = EdgeEvents()
            if let last {
                try add(last, edge)
            } else {
                from = edge.at
                switch opening {
                case .earlier: break
                case .here: try open(edge)
                case .later: incomplete = "what it made until \(edge.at) was not kept"
                }
            }
            last = edge
        }
        if last == nil {
            unknown = ordered.isEmpty ? "no edges in the interval" : "no edge with a mark and a rate"
        } else if steps == 0, opening == .earlier {
            unknown = "only one edge in the interval"
        }
    }

    private mutating func add(_ start: ValuationEdge, _ end: ValuationEdge) throws(DecimalError) {
        guard let step = try AttributionStep(start, end, contract) else { return }
        steps += 1
        try terms.add(step.terms)
        native = try native + step.native
        // Net: a fill told before or after its position's change comes and goes.
        transferred = try transferred + step.transferred
        if !end.events.tradedQuantity.isZero {
            unmatched = try unmatched + step.transferred
        } else if start.quantity.isZero {
            reopened = try reopened + step.transferred
        }
        if step.lacksGreeks { lacksGreeks += 1 }
        if step.isByModel { modelSteps += 1 }
        if step.lacksVolatility { lacksVolatility += 1 }
        lacksFillPrice = lacksFillPrice || step.lacksFillPrice
        let size = step.terms.explained
        allowed.weighted += size * limits.limit(start, contract)
        allowed.plain += size
    }

    /// From the opening price to the first mark.
    private mutating func open(_ edge: ValuationEdge) throws(DecimalError) {
        guard let mark = edge.mark, let fx = edge.fx, !edge.quantity.isZero else { return }
        let held = try edge.quantity.multiplied(by: contract.multiplier)
        var gain: FixedDecimal
        if edge.events.tradedQuantity == edge.quantity, !edge.events.tradeCash.isZero {
            let flows = try EdgeFlows(edge, contract, mark: mark)
            gain = flows.fills
            native = try native + flows.carry
            terms[.carry] = try flows.carry.multiplied(by: fx)
        } else if let price = edge.averageOpenPrice ?? contract.openPrice {
            gain = try held.multiplied(by: mark - price)
        } else {
            lacksOpenPrice = true
            incomplete = "what it earned before tracking is not known"
            return
        }
        native = try native + gain
        gain = try gain.multiplied(by: fx)
        try terms.add(gain, to: edge.kind == .fill ? .fills : .beforeTracking)
        allowed.plain += gain.magnitude.doubleValue
        allowed.weighted += gain.magnitude.doubleValue * limits.usual
    }

    /// What a position was worth per unit where it ended: what it was sold at; of an option that went for nothing
    /// (expiry, exercise, assignment) what exercise was worth, else its last mark, so that the loss of the option and
    /// the gain of what it delivered both stand among the fills.
    private func exitPrice(_ edge: ValuationEdge) throws(DecimalError) -> FixedDecimal? {
        let events = edge.events
        guard edge.quantity.isZero, !events.tradedQuantity.isZero, !contract.isFuture else { return nil }
        if contract.isOption, events.tradeCash.isZero {
            if let ending = contract.ending, let price = edge.underlyingPrice?.doubleValue {
                let gain = ending.right == .call ? price - ending.strike : ending.strike - price
                let slope = contract.units.doubleValue / contract.multiplier.doubleValue
                return FixedDecimal(approximating: max(0, gain) * slope)
            }
            return last?.mark
        }
        return try (-events.tradeCash).divided(by: events.tradedQuantity.multiplied(by: contract.multiplier))
    }

    var gaps: [String] {
        var gaps: [String] = []
        if lacksOpenPrice { gaps.append("what it earned before tracking is not known") }
        if passedOver > 0 { gaps.append("\(passedOver) edge(s) without a mark or a rate") }
        if lacksGreeks > 0 { gaps.append("no Greeks for \(lacksGreeks) of \(steps) step(s)") }
        if lacksVolatility > 0 { gaps.append("no volatility for \(lacksVolatility) of \(steps) step(s)") }
        if lacksFillPrice { gaps.append("a future's fill without a price counts as made at its mark") }
        if let opened = try? reopened + unmatched, !reopened.isZero, !opened.isZero {
            gaps.append("\(opened) came without a trade where nothing was held: what it made meanwhile is not known")
        } else if !transferred.isZero {
            gaps.append("quantity changed by \(transferred) without a trade")
        }
        return gaps
    }
}

extension EdgeEvents {
    fileprivate func joined(_ later: EdgeEvents) throws(DecimalError) -> EdgeEvents {
        EdgeEvents(
            tradedQuantity: try tradedQuantity + later.tradedQuantity, tradeCash: try tradeCash + later.tradeCash,
            unpricedQuantity: try unpricedQuantity + later.unpricedQuantity, income: try income + later.income,
            fees: try fees + later.fees)
    }
}
