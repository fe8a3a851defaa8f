import PortfolioModel

/// A sum of money figures with the names of the parts that lack one.
struct MoneySum: Sendable {
    private var known: Int128 = 0
    private var isStale = false
    private var asOf: Timestamp?
    private var missing: [String] = []

    mutating func add(_ figure: MoneyFigure, named name: @autoclosure () -> String) {
        guard let value = figure.amount.value else { return missing.append(name()) }
        known += value.raw
        if figure.amount.state == .stale { isStale = true }
        asOf = .earliest(asOf, figure.amount.asOf)
    }

    func total(_ currency: Currency) -> MoneyTotal {
        var total = MoneyTotal(currency)
        do {
            let value = try FixedDecimal(raw: known)
            let figure = Figure.known(value, isStale ? .stale : .confirmed, asOf: asOf, source: "book")
            try total.add(MoneyFigure(figure, currency), named: "")
            for name in missing.sorted() { try total.add(.unknown("missing", currency), named: name) }
        } catch {
            // Adding an unknown part cannot overflow; the sum itself is what did.
            try? total.add(.unknown("out of range", currency), named: "sum out of range")
        }
        return total
    }
}

/// A sum of money Greeks with the names of the parts that lack them.
struct GreeksSum: Sendable {
    private var dollarDelta = ExactSum()
    private var dollarGamma = ExactSum()
    private var theta = ExactSum()
    private var vega = ExactSum()
    private var rho = ExactSum()
    private var isStale = false
    private var missing: [String] = []

    mutating func add(_ figure: Figure<MoneyGreeks>, named name: @autoclosure () -> String) {
        guard let greeks = figure.value else { return missing.append(name()) }
        dollarDelta.add(greeks.dollarDelta)
        dollarGamma.add(greeks.dollarGamma1pct)
        theta.add(greeks.theta)
        vega.add(greeks.vega)
        rho.add(greeks.rho)
        if figure.state == .stale { isStale = true }
    }

    var total: GreeksTotal {
        let known = MoneyGreeks(
            dollarDelta: dollarDelta.value, dollarGamma1pct: dollarGamma.value, theta: theta.value, vega: vega.value,
            rho: rho.value)
        let state: FigureState = !missing.isEmpty ? .unknown : isStale ? .stale : .confirmed
        return GreeksTotal(known: known, missing: missing.sorted(), state: state)
    }
}
