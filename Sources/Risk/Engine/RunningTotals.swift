import PortfolioModel

/// How many times each name or time is in a sum, so that parts can leave it again.
struct Tally<Element: Hashable & Sendable>: Sendable {
    private(set) var counts: [Element: Int] = [:]

    mutating func change(_ element: Element, by sign: Int) {
        let count = counts[element, default: 0] + sign
        counts[element] = count == 0 ? nil : count
    }

    var isEmpty: Bool { counts.isEmpty }
}

extension Tally where Element: Comparable {
    /// Each element as often as it is in, in order.
    var sorted: [Element] { counts.keys.sorted().flatMap { Array(repeating: $0, count: max(0, counts[$0] ?? 0)) } }
}

/// A sum of money figures that parts can leave as exactly as they came.
struct MoneySum: Sendable {
    private var known: Int128 = 0
    private var stale = 0
    private var times = Tally<Timestamp>()
    private var missing = Tally<String>()

    /// `sign` is 1 to add and -1 to remove what was added before.
    mutating func change(_ figure: MoneyFigure, named name: String, by sign: Int) {
        guard let value = figure.amount.value else { return missing.change(name, by: sign) }
        known += value.raw * Int128(sign)
        if figure.amount.state == .stale { stale += sign }
        if let time = figure.amount.asOf { times.change(time, by: sign) }
    }

    func total(_ currency: Currency) -> MoneyTotal {
        var total = MoneyTotal(currency)
        let asOf = times.counts.keys.min()
        do {
            let value = try FixedDecimal(raw: known)
            let figure = Figure.known(value, stale > 0 ? .stale : .confirmed, asOf: asOf, source: "book")
            try total.add(MoneyFigure(figure, currency), named: "")
            for name in missing.sorted { try total.add(.unknown("missing", currency), named: name) }
        } catch {
            // Adding an unknown part cannot overflow; the sum itself is what did.
            try? total.add(.unknown("out of range", currency), named: "sum out of range")
        }
        return total
    }
}

/// A sum of money Greeks that parts can leave as exactly as they came.
struct GreeksSum: Sendable {
    private var dollarDelta = ExactSum()
    private var dollarGamma = ExactSum()
    private var theta = ExactSum()
    private var vega = ExactSum()
    private var rho = ExactSum()
    private var stale = 0
    private var missing = Tally<String>()

    mutating func change(_ figure: Figure<MoneyGreeks>, named name: String, by sign: Int) {
        guard let greeks = figure.value else { return missing.change(name, by: sign) }
        let factor = Double(sign)
        dollarDelta.add(greeks.dollarDelta * factor)
        dollarGamma.add(greeks.dollarGamma1pct * factor)
        theta.add(greeks.theta * factor)
        vega.add(greeks.vega * factor)
        rho.add(greeks.rho * factor)
        if figure.state == .stale { stale += sign }
    }

    var total: GreeksTotal {
        let known = MoneyGreeks(
            dollarDelta: dollarDelta.value, dollarGamma1pct: dollarGamma.value, theta: theta.value, vega: vega.value,
            rho: rho.value)
        let state: FigureState = !missing.isEmpty ? .unknown : stale > 0 ? .stale : .confirmed
        return GreeksTotal(known: known, missing: missing.sorted, state: state)
    }
}
