/// One source's rate of a pair on one day.
package struct DailyFXRate: Sendable, Hashable, Codable {
    /// The day the source states it for.
    package var date: CalendarDate
    package var rate: FXRate

    package init(date: CalendarDate, rate: FXRate) {
        self.date = date
        self.rate = rate
    }
}

/// Exchange rates by day. Of a day without a rate the last one before it counts, as old as it is.
package struct FXHistory: Sendable {
    private struct Series: Hashable {
        var base: Currency
        var quote: Currency
        var source: String
    }

    private var rows: [Series: [DailyFXRate]] = [:]
    private let base: Currency
    private let rules: FXRules

    /// In any order; of one source, pair and day the later as-of counts. Rates that are not positive are left out.
    /// `base` is a currency that paths may lead through, beside EUR and USD.
    package init(_ rates: some Sequence<DailyFXRate> = [], base: Currency = .usd, rules: FXRules = FXRules()) {
        self.base = base
        self.rules = rules
        var best: [Series: [CalendarDate: DailyFXRate]] = [:]
        for row in rates where row.rate.rate.signum > 0 {
            let series = Series(base: row.rate.base, quote: row.rate.quote, source: row.rate.source)
            if let held = best[series]?[row.date], held.rate.asOf > row.rate.asOf { continue }
            best[series, default: [:]][row.date] = row
        }
        rows = best.mapValues { $0.values.sorted { $0.date < $1.date } }
    }

    /// Every date on which some source states a rate, oldest first.
    package var dates: [CalendarDate] { Set(rows.values.joined().map(\.date)).sorted() }

    package var isEmpty: Bool { rows.isEmpty }

    /// Everything known at the end of a date, in UTC: each source's last rate on or before it. Ages are measured then.
    package func table(on date: CalendarDate) -> FXTable {
        var table = FXTable(rows.values.lazy.compactMap { Self.latest($0, onOrBefore: date)?.rate })
        table.measure(at: Timestamp(seconds: (date.dayNumber + 1) * 86_400), by: rules, base: base)
        return table
    }

    /// Units of `to` for one of `from` at the end of a date; unknown when nobody had stated one, stale beyond the
    /// rules' limit.
    package func rate(from: Currency, to: Currency, on date: CalendarDate) -> Figure<FixedDecimal> {
        from == to ? .confirmed(.one, asOf: nil, source: "identity") : table(on: date).rate(from: from, to: to)
    }

    /// The rate on each of several dates, in their order.
    package func rates(from: Currency, to: Currency, on dates: [CalendarDate]) -> [Figure<FixedDecimal>] {
        dates.map { rate(from: from, to: to, on: $0) }
    }

    private static func latest(_ rows: [DailyFXRate], onOrBefore date: CalendarDate) -> DailyFXRate? {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].date <= date { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : rows[low - 1]
    }
}
