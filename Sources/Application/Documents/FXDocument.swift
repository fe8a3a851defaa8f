import PortfolioModel
import Risk

/// `fx --json`: what each currency is worth in one, by which way, and every rate that is stated.
struct FXDocument: Document {
    static let schemaName = "tributary.fx/1"

    struct Row: Codable, Sendable, Equatable {
        var currency: Currency
        /// Units of `target` for one of `currency`.
        var rate: FigureDocument<FixedDecimal>
        /// Units of `currency` for one of `target`.
        @ExplicitNull var inverse: FixedDecimal?
        /// Currencies on the way; empty for a direct rate.
        var via: [Currency]
        /// Whether the book holds anything in it.
        var isHeld: Bool
    }

    struct Stated: Codable, Sendable, Equatable {
        var base: Currency
        var quote: Currency
        /// Units of `quote` for one of `base`, as the source states it.
        var rate: FixedDecimal
        var asOf: Timestamp
        var source: String
        var state: FigureState
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var target: Currency
    /// The date that history answered for; null for now.
    @ExplicitNull var date: CalendarDate?
    var rates: [Row]
    var stated: [Stated]

    /// `rates` are history's at the end of `date`; nil takes the view's.
    init(view: PortfolioView, rates: FXTable?, date: CalendarDate?, currency: Currency) {
        let table = rates ?? view.fx
        sequence = view.sequence
        asOf = view.at
        target = currency
        self.date = date
        let held = Set(
            view.balances.map(\.key.currency) + view.positions.map(\.instrument.currency)
                + view.accounts.map(\.account.currency))
        let shown = held.union(table.currencies).subtracting([currency]).sorted()
        self.rates = shown.map { code in
            let conversion = table.conversion(from: code, to: currency)
            return Row(
                currency: code, rate: FigureDocument(conversion.rate),
                inverse: table.rate(from: currency, to: code).value, via: conversion.via, isHeld: held.contains(code))
        }
        stated = table.all.map {
            Stated(
                base: $0.base, quote: $0.quote, rate: $0.rate, asOf: $0.asOf, source: $0.source,
                state: table.isStale($0) ? .stale : .confirmed)
        }
    }
}
