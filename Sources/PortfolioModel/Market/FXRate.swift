/// One unit of `base` in units of `quote`, as of a time, from a source.
package struct FXRate: Sendable, Hashable, Codable {
    package var base: Currency
    package var quote: Currency
    package var rate: FixedDecimal
    package var asOf: Timestamp
    package var source: String

    package init(base: Currency, quote: Currency, rate: FixedDecimal, asOf: Timestamp, source: String) {
        self.base = base
        self.quote = quote
        self.rate = rate
        self.asOf = asOf
        self.source = source
    }
}

/// The rates at hand. A missing rate is `unknown`; it is never 1.0 except from a currency to itself.
package struct FXTable: Sendable {
    private struct Pair: Hashable {
        var base: Currency
        var quote: Currency
    }
    private var rates: [Pair: FXRate] = [:]

    package init() {}

    package var all: [FXRate] { rates.values.sorted { ($0.base, $0.quote) < ($1.base, $1.quote) } }
    package mutating func set(_ rate: FXRate) { rates[Pair(base: rate.base, quote: rate.quote)] = rate }

    /// Direct or inverted rate. Triangulation comes with more sources.
    package func rate(from: Currency, to: Currency) -> Figure<FixedDecimal> {
        if from == to { return .confirmed(.one, asOf: nil, source: "identity") }
        guard let stated = stated(from, to) else { return .unknown("no \(from)/\(to) rate") }
        let factor = stated.base == from ? stated.rate : try? FixedDecimal.one.divided(by: stated.rate)
        guard let factor else { return .unknown("no \(from)/\(to) rate") }
        return .confirmed(factor, asOf: stated.asOf, source: stated.source)
    }

    /// The rate as its source stated it, in one direction or the other. A rate that is not positive is none.
    private func stated(_ from: Currency, _ to: Currency) -> FXRate? {
        [Pair(base: from, quote: to), Pair(base: to, quote: from)].lazy.compactMap { rates[$0] }
            .first { $0.rate.signum > 0 }
    }

    /// How amounts of one currency become another's.
    package func conversion(from: Currency, to: Currency) -> FXConversion {
        if from == to { return FXConversion(way: .same, rate: rate(from: from, to: to)) }
        let rate = rate(from: from, to: to)
        guard rate.value != nil, let stated = stated(from, to) else { return FXConversion(way: .none, rate: rate) }
        return FXConversion(way: stated.base == from ? .times(stated.rate) : .dividedBy(stated.rate), rate: rate)
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
}

/// The way from one currency to another, looked up once.
package struct FXConversion: Sendable {
    enum Way: Sendable {
        case same
        case times(FixedDecimal)
        /// By the stated rate rather than times its rounded inverse, which loses cents of large amounts.
        case dividedBy(FixedDecimal)
        case none
    }

    let way: Way
    /// Units of the other currency for one; unknown when nobody states it.
    package let rate: Figure<FixedDecimal>

    /// nil without a rate, or when the amount leaves the range.
    package func apply(_ amount: FixedDecimal) -> FixedDecimal? {
        switch way {
        case .same: amount
        case .times(let rate): try? amount.multiplied(by: rate)
        case .dividedBy(let rate): try? amount.divided(by: rate)
        case .none: nil
        }
    }
}
