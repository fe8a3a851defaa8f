/// What each source stated last on each of its latest days (UTC, of the rate's as-of): what an amount was worth at an
/// earlier settlement.
package struct RecentRates: Sendable {
    private struct Series: Hashable {
        var base: Currency
        var quote: Currency
        var source: String
    }

    /// Days kept of one source and pair: more than any exchange is closed in a row.
    package static let days = 10

    /// Oldest first, one a day.
    private var rows: [Series: [FXRate]] = [:]

    package init() {}

    package mutating func take(_ rate: FXRate) {
        let series = Series(base: rate.base, quote: rate.quote, source: rate.source)
        var held = rows[series] ?? []
        let date = rate.asOf.utcDate
        let place = held.firstIndex { $0.asOf.utcDate >= date } ?? held.endIndex
        if place < held.endIndex, held[place].asOf.utcDate == date {
            if held[place].asOf <= rate.asOf { held[place] = rate }
        } else {
            held.insert(rate, at: place)
        }
        rows[series] = Array(held.suffix(Self.days))
    }

    /// Everything that was known at the end of a date, in UTC; ages are measured then.
    package func table(on date: CalendarDate, by rules: FXRules, base: Currency) -> FXTable {
        var table = FXTable(rows.values.lazy.compactMap { $0.last { $0.asOf.utcDate <= date } })
        table.measure(at: Timestamp(seconds: (date.dayNumber + 1) * 86_400), by: rules, base: base)
        return table
    }
}
