package import PortfolioModel

/// A view's positions grouped and summed. Sums are exact, so that they do not depend on the order.
package struct Breakdown: Sendable {
    package var dimension: BreakdownDimension
    /// In order of the dimension: buckets by time, everything else by name.
    package var rows: [BreakdownRow]

    package init(
        _ positions: [PositionView], by dimension: BreakdownDimension, base: Currency, labels: BreakdownLabels,
        weighting: BetaWeighting
    ) {
        self.dimension = dimension
        var sums: [String: BreakdownSums] = [:]
        let labels = dimension == .legs ? labels.grouped(positions) : labels
        for row in positions {
            for label in labels.labels(of: row, by: dimension) {
                sums[label, default: BreakdownSums()].add(row, labels.grouping[row], weighting)
            }
        }
        rows = sums.map { $0.value.row($0.key, base) }.sorted { Self.precedes($0.label, $1.label, dimension) }
    }

    /// A row's share of the gross exposure of all, 0...1; nil with a part of any row unknown.
    package func share(of row: BreakdownRow) -> Double? { obstacleToShares == nil ? row.exposure.gross / gross : nil }

    /// Why there are no shares; nil when there are.
    package var obstacleToShares: String? { rows.obstacleToShares(of: gross) }

    private var gross: Double { rows.reduce(0) { $0 + $1.exposure.gross } }

    private static func precedes(_ left: String, _ right: String, _ dimension: BreakdownDimension) -> Bool {
        guard dimension == .expiry else { return left < right }
        let order = ExpiryBucket.allCases.map(\.rawValue)
        return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
    }
}

/// The sums of one group on their way.
struct BreakdownSums: Sendable {
    private var positions = 0
    private var marketValue = MoneySum()
    private var dayPnL = MoneySum()
    private var unrealized = MoneySum()
    private var greeks = GreeksSum()
    private var exposure = ExposureSum()
    private var beta = BetaSum()
    private var group: String?
    private var isMixed = false
    private var units = UnitSum()

    mutating func add(_ row: PositionView, _ place: UnderlyingGrouping.Place, _ weighting: BetaWeighting) {
        let name = row.name
        positions += 1
        marketValue.add(row.marketValue.base, named: name)
        dayPnL.add(row.dayPnL.base, named: name)
        unrealized.add(row.unrealizedPnL.base, named: name)
        greeks.add(row.moneyGreeks, named: name)
        exposure.add(row.moneyGreeks.map(\.dollarDelta), named: name)
        beta.add(weighting.weighted(row), named: name)
        if let group, group != place.label { isMixed = true }
        group = place.label
        units.add(row.positionGreeks, place)
    }

    func row(_ label: String, _ base: Currency) -> BreakdownRow {
        let known = isMixed ? nil : units.value
        return BreakdownRow(
            label: label, positions: positions, marketValue: marketValue.total(base), dayPnL: dayPnL.total(base),
            unrealizedPnL: unrealized.total(base), greeks: greeks.total, exposure: exposure.total,
            betaWeighted: beta.total, delta: known?.delta, gamma: known?.gamma)
    }
}

/// Delta and gamma in units of one group's head; nil with a part unknown.
struct UnitSum: Sendable {
    private var delta = ExactSum()
    private var gamma = ExactSum()
    private var isUnknown = false

    mutating func add(_ figure: Figure<PositionGreeks>, _ place: UnderlyingGrouping.Place) {
        guard let greeks = figure.value, let ratio = place.ratio.value, let square = place.gammaRatio.value else {
            return isUnknown = true
        }
        delta.add(greeks.delta * ratio)
        gamma.add(greeks.gamma * square)
    }

    var value: (delta: Double, gamma: Double)? { isUnknown ? nil : (delta.value, gamma.value) }
}

/// Long and short dollar deltas.
struct ExposureSum: Sendable {
    private var long = ExactSum()
    private var short = ExactSum()
    private var missing: [String] = []
    private var isStale = false

    mutating func add(_ figure: Figure<Double>, named name: String) {
        guard let value = figure.value else { return missing.append(name) }
        if value > 0 { long.add(value) } else { short.add(value) }
        if figure.state == .stale { isStale = true }
    }

    var total: Exposure {
        Exposure(
            long: long.value, short: short.value, missing: missing.sorted(),
            state: !missing.isEmpty ? .unknown : isStale ? .stale : .confirmed)
    }
}

/// Beta-weighted deltas and gammas.
struct BetaSum: Sendable {
    private var delta = ExactSum()
    private var gamma = ExactSum()
    private var missing: [String] = []
    private var isStale = false

    mutating func add(_ figure: Figure<BetaWeighting.Weighted>, named name: String) {
        guard let value = figure.value else { return missing.append(name) }
        delta.add(value.delta)
        gamma.add(value.gamma)
        if figure.state == .stale { isStale = true }
    }

    var total: BetaTotal {
        BetaTotal(
            known: .init(delta: delta.value, gamma: gamma.value), missing: missing.sorted(),
            state: !missing.isEmpty ? .unknown : isStale ? .stale : .confirmed)
    }
}
