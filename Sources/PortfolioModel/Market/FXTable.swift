/// The rates at hand, of every source. A missing rate is `unknown`; it is never 1.0 except from a currency to itself.
package struct FXTable: Sendable {
    /// Two currencies without a direction: one rate serves both ways.
    private struct Pair: Hashable {
        var low: Currency
        var high: Currency

        init(_ one: Currency, _ other: Currency) { (low, high) = one < other ? (one, other) : (other, one) }
    }

    private var rates: [Pair: [FXRate]] = [:]
    /// Currencies that a path may lead through, each once.
    private var hubs: [Currency] = [.eur, .usd]
    private var rules = FXRules()
    /// The instant at which ages are measured; nil measures none.
    private var now: Timestamp?
    /// The currency that nearly every conversion is to, and the ways there as they were last measured.
    private var base: Currency?
    private var toBase: [Currency: FXConversion] = [:]

    package init() {}

    package init(_ rates: some Sequence<FXRate>) { for rate in rates { set(rate) } }

    /// By pair as it was stated, then source.
    package var all: [FXRate] {
        rates.values.joined().sorted { ($0.base, $0.quote, $0.source) < ($1.base, $1.quote, $1.source) }
    }

    /// Every currency that a rate names, sorted.
    package var currencies: [Currency] { Set(rates.keys.flatMap { [$0.low, $0.high] }).sorted() }

    /// Whether `set` would change something. One source's rate of a pair is replaced by a later one only, so that
    /// repeated and late ones change nothing; the operator's always counts.
    package func accepts(_ rate: FXRate) -> Bool {
        guard let held = rates[Pair(rate.base, rate.quote)]?.first(where: { $0.isOfSameSeries(as: rate) }) else {
            return rate.base != rate.quote
        }
        return held != rate && (rate.kind == .configuration || rate.asOf >= held.asOf)
    }

    package mutating func set(_ rate: FXRate) {
        guard accepts(rate) else { return }
        let pair = Pair(rate.base, rate.quote)
        rates[pair, default: []].removeAll { $0.isOfSameSeries(as: rate) }
        rates[pair, default: []].append(rate)
        toBase = [:]
    }

    /// States the instant at which rates are old or not, by which rules, and the base currency, which paths may lead
    /// through as they do through EUR and USD.
    package mutating func measure(at now: Timestamp, by rules: FXRules, base: Currency) {
        self.now = now
        self.rules = rules
        hubs = Set([.eur, .usd, base]).sorted()
        self.base = base
        toBase = [:]
        for currency in currencies { toBase[currency] = conversion(from: currency, to: base) }
    }

    package func isStale(_ rate: FXRate) -> Bool {
        guard let now, let limit = rules.staleAfter else { return false }
        return rate.asOf.adding(limit) < now
    }

    /// Units of `to` for one of `from`. Without a direct rate it is triangulated: its source names the way
    /// (`ecb via EUR`), its as-of is the oldest leg's, its state the worst one's.
    package func rate(from: Currency, to: Currency) -> Figure<FixedDecimal> { conversion(from: from, to: to).rate }

    /// How amounts of one currency become another's: by the path with the fewest rates; of equals by the one with the
    /// newest as-of, then by the names of the currencies it leads through.
    package func conversion(from: Currency, to: Currency) -> FXConversion {
        if from == to {
            return FXConversion(
                way: .same, rate: .confirmed(.one, asOf: nil, source: "identity"), via: [], legs: [])
        }
        if to == base, let known = toBase[from] { return known }
        if let leg = stated(from, to) { return conversion(along: Path(from: from, via: [], legs: [leg])) }
        if let path = paths(from, to).min(by: Path.isBetter) { return conversion(along: path) }
        return FXConversion(way: .none, rate: .unknown("no \(from)/\(to) rate"), via: [], legs: [])
    }

    /// A money figure in another currency; unknown when there is no rate, with the pair in the reason.
    package func convert(_ figure: MoneyFigure, to currency: Currency) -> MoneyFigure {
        if figure.currency == currency { return figure }
        guard let value = figure.amount.value else {
            return .unknown(figure.amount.reason ?? "unknown", currency)
        }
        let conversion = conversion(from: figure.currency, to: currency)
        guard let product = conversion.apply(value) else {
            return .unknown(conversion.rate.reason ?? "amount out of range", currency)
        }
        let state = figure.amount.state.combined(with: conversion.rate.state)
        let asOf = [figure.amount.asOf, conversion.rate.asOf].compactMap { $0 }.min()
        return MoneyFigure(
            .known(product, state, asOf: asOf, source: "\(figure.amount.source)+\(conversion.rate.source)"), currency)
    }

    /// The one stated rate between two currencies that counts: one that is not stale before one that is, then by
    /// precedence of its source, then the newest. A rate that is not positive is none.
    private func stated(_ from: Currency, _ to: Currency) -> FXRate? {
        guard let candidates = rates[Pair(from, to)] else { return nil }
        return candidates.lazy.filter { $0.rate.signum > 0 }.min { left, right in
            if isStale(left) != isStale(right) { return isStale(right) }
            let ranks = (rules.rank(left.kind), rules.rank(right.kind))
            if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
            if left.asOf != right.asOf { return left.asOf > right.asOf }
            if (left.base == from) != (right.base == from) { return left.base == from }
            return left.source < right.source
        }
    }
}

// MARK: - Paths

extension FXTable {
    private struct Path {
        var from: Currency
        var via: [Currency]
        var legs: [FXRate]

        var asOf: Timestamp? { legs.map(\.asOf).min() }

        /// `ecb`, `ecb via EUR`, `config+ecb via EUR,USD`.
        var source: String {
            var names: [String] = []
            for leg in legs where !names.contains(leg.source) { names.append(leg.source) }
            let sources = names.joined(separator: "+")
            return via.isEmpty ? sources : "\(sources) via \(via.map(\.code).joined(separator: ","))"
        }

        static func isBetter(_ left: Path, _ right: Path) -> Bool {
            if left.legs.count != right.legs.count { return left.legs.count < right.legs.count }
            if let ours = left.asOf, let theirs = right.asOf, ours != theirs { return ours > theirs }
            return left.via.lexicographicallyPrecedes(right.via)
        }
    }

    /// Through one hub, or, where that leads nowhere, through two.
    private func paths(_ from: Currency, _ to: Currency) -> [Path] {
        let middles = hubs.filter { $0 != from && $0 != to }
        let short = middles.compactMap { path(from, [$0], to) }
        if !short.isEmpty { return short }
        return middles.flatMap { first in
            middles.filter { $0 != first }.compactMap { path(from, [first, $0], to) }
        }
    }

    private func path(_ from: Currency, _ via: [Currency], _ to: Currency) -> Path? {
        var path = Path(from: from, via: via, legs: [])
        for (start, end) in zip([from] + via, via + [to]) {
            guard let leg = stated(start, end) else { return nil }
            path.legs.append(leg)
        }
        return path
    }

    private func conversion(along path: Path) -> FXConversion {
        var (times, dividedBy): ([FixedDecimal], [FixedDecimal]) = ([], [])
        for (start, leg) in zip([path.from] + path.via, path.legs) {
            if leg.base == start { times.append(leg.rate) } else { dividedBy.append(leg.rate) }
        }
        let way: FXConversion.Way =
            switch (times.count, dividedBy.count) {
            case (1, 0): .times(times[0])
            case (0, 1): .dividedBy(dividedBy[0])
            default: .chain(times: times, dividedBy: dividedBy)
            }
        let bare = FXConversion(way: way, rate: .unknown(""), via: path.via, legs: path.legs)
        guard let value = bare.apply(.one), value.signum > 0 else {
            return FXConversion(way: .none, rate: .unknown("a rate out of range"), via: [], legs: [])
        }
        let state: FigureState = path.legs.contains(where: isStale) ? .stale : .confirmed
        return FXConversion(
            way: way, rate: .known(value, state, asOf: path.asOf, source: path.source), via: path.via, legs: path.legs)
    }
}

extension FXRate {
    /// Whether the other says the same thing at another time.
    fileprivate func isOfSameSeries(as other: FXRate) -> Bool {
        source == other.source && base == other.base && quote == other.quote
    }
}
