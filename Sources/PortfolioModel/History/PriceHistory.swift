/// One instrument's price at the end of one day, in its own currency.
package struct DailyPrice: Sendable, Hashable, Codable {
    package var instrument: InstrumentID
    /// The exchange's date.
    package var date: CalendarDate
    /// nil where the source states only the close.
    package var open: FixedDecimal?
    package var close: FixedDecimal
    /// `tastytrade` (the feed's daily candles), `file:NAME`, `snapshot` (the mark of our own daily snapshot).
    package var source: String
    /// When the price was true: the session's end, or, of a day not over yet, the time it was read.
    package var asOf: Timestamp

    package init(
        instrument: InstrumentID, date: CalendarDate, open: FixedDecimal? = nil, close: FixedDecimal, source: String,
        asOf: Timestamp
    ) {
        self.instrument = instrument
        self.date = date
        self.open = open
        self.close = close
        self.source = source
        self.asOf = asOf
    }

    /// The source of our own daily snapshots' marks.
    package static let snapshotSource = "snapshot"

    /// Best first: what the operator imported, what a feed states, what was sampled.
    fileprivate var rank: Int {
        if source.hasPrefix("file:") { return 0 }
        return source == Self.snapshotSource ? 2 : 1
    }
}

/// Daily closes by instrument, oldest first, one a day: where several sources state a day, an imported file counts
/// before a feed's candle and that before our own snapshot; of one rank the later as-of, then the name.
package struct PriceHistory: Sendable {
    private var rows: [InstrumentID: [DailyPrice]] = [:]

    package init() {}

    /// In any order, with any number of sources a day. Prices that are not positive are left out.
    package init(_ prices: some Sequence<DailyPrice>) {
        var best: [InstrumentID: [CalendarDate: DailyPrice]] = [:]
        for price in prices where price.close.signum > 0 {
            guard let held = best[price.instrument]?[price.date] else {
                best[price.instrument, default: [:]][price.date] = price
                continue
            }
            if Self.isBetter(price, held) { best[price.instrument]?[price.date] = price }
        }
        rows = best.mapValues { $0.values.sorted { $0.date < $1.date } }
    }

    private static func isBetter(_ left: DailyPrice, _ right: DailyPrice) -> Bool {
        if left.rank != right.rank { return left.rank < right.rank }
        return (right.asOf, left.source) < (left.asOf, right.source)
    }

    package var instruments: [InstrumentID] { rows.keys.sorted() }

    /// Oldest first; empty for an instrument without history.
    package func prices(of id: InstrumentID) -> [DailyPrice] { rows[id] ?? [] }

    package func close(of id: InstrumentID, on date: CalendarDate) -> FixedDecimal? {
        latest(of: id, onOrBefore: date).flatMap { $0.date == date ? $0.close : nil }
    }

    /// The last price on or before a date; nil before the first one. Its own date says how old it is.
    package func latest(of id: InstrumentID, onOrBefore date: CalendarDate) -> DailyPrice? {
        guard let prices = rows[id] else { return nil }
        var (low, high) = (0, prices.count)
        while low < high {
            let middle = (low + high) / 2
            if prices[middle].date <= date { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : prices[low - 1]
    }

    /// The dates on which every one of the instruments has a close, oldest first.
    package func commonDates(of ids: some Collection<InstrumentID>) -> [CalendarDate] {
        guard let first = ids.first else { return [] }
        let common = ids.dropFirst().reduce(Set(prices(of: first).map(\.date))) { dates, id in
            dates.intersection(prices(of: id).lazy.map(\.date))
        }
        return common.sorted()
    }

    /// The closes of several instruments on their common dates.
    package func aligned(_ ids: some Collection<InstrumentID>) -> AlignedCloses {
        let dates = commonDates(of: ids)
        let wanted = Set(dates)
        var closes: [InstrumentID: [FixedDecimal]] = [:]
        for id in ids { closes[id] = prices(of: id).lazy.filter { wanted.contains($0.date) }.map(\.close) }
        return AlignedCloses(dates: dates, closes: closes)
    }
}

/// Closes of several instruments on the same dates: every list is as long as `dates`.
package struct AlignedCloses: Sendable, Equatable {
    /// Oldest first.
    package let dates: [CalendarDate]
    package let closes: [InstrumentID: [FixedDecimal]]

    /// Empty for an instrument that was not asked for.
    package subscript(id: InstrumentID) -> [FixedDecimal] { closes[id] ?? [] }
}
