import PortfolioModel
import PortfolioStore
import Risk

/// Explains the profit of a scope's positions between stored valuation edges.
struct AttributionDesk {
    let scope: AnalysisScope
    let store: PortfolioStore
    let calendar: ExchangeCalendar
    let interval: Interval

    /// From an instant through another; nil is without bound: since entry, and until now.
    struct Interval: Sendable, Equatable {
        var from: Timestamp?
        var through: Timestamp?
    }

    /// Throws `CommandError` for dates that are none, or in the wrong order. An end that is still to come is now.
    init(_ scope: AnalysisScope, _ store: PortfolioStore, calendar: ExchangeCalendar = .newYork) throws {
        (self.scope, self.store, self.calendar) = (scope, store, calendar)
        let (asked, now) = (scope.query.interval ?? IntervalQuery(), scope.view.at)
        let end = try asked.through.map { try Self.close($0, "to", calendar) }
        let through = end.flatMap { $0 < now ? $0 : nil }
        switch asked.from ?? "yesterday" {
        case "entry": interval = Interval(from: nil, through: through)
        case "yesterday":
            let before = calendar.session(onOrBefore: calendar.zone.date(of: through ?? now).adding(days: -1))
            interval = Interval(from: Self.close(before, calendar), through: through)
        case let text: interval = Interval(from: try Self.close(text, "from", calendar), through: through)
        }
        guard let from = interval.from, from >= through ?? now else { return }
        if from >= now {
            throw CommandError(
                "bad-interval", "\(asked.from ?? "") stands for the end of its session, \(from), which is to come",
                field: "from", fix: "an earlier date, yesterday or entry", exit: .usage)
        }
        throw CommandError(
            "bad-interval", "the interval begins at \(from) and ends at \(through ?? now)", field: "from",
            fix: asked.from == asked.through ? "a later date for --to" : "exchange the two dates", exit: .usage)
    }

    private static func close(_ text: String, _ field: String, _ calendar: ExchangeCalendar) throws -> Timestamp {
        guard let date = CalendarDate(text) else {
            throw CommandError(
                "bad-date", "`\(text)` is no date", field: field,
                fix: field == "from" ? "write YYYY-MM-DD, entry or yesterday" : "write YYYY-MM-DD", exit: .usage)
        }
        return close(date, calendar)
    }

    /// The end of a date: its session's close with the minutes in which the close is kept, else midnight.
    static func close(_ date: CalendarDate, _ calendar: ExchangeCalendar) -> Timestamp {
        guard let hours = calendar.hours(on: date) else {
            return calendar.zone.instant(date.adding(days: 1), hour: 0, minute: 0)
        }
        return hours.close.adding(.seconds(EdgeTracker.window))
    }

    /// Beginning and end as they were found, and the positions' profits.
    func attribution() throws -> (from: Timestamp?, through: Timestamp, attribution: Attribution) {
        let end = interval.through ?? scope.view.at
        let members = Set(scope.view.accountsByID.keys)
        let stored = try store.edges(from: Timestamp(microseconds: 0), through: scope.view.at)
        let kept = Dictionary(grouping: stored.filter { members.contains($0.position.account) }, by: \.position)
        var edges = kept.mapValues { $0.filter { $0.at <= end } }.filter { !$0.value.isEmpty }
        if interval.through == nil {
            for row in scope.view.positions {
                edges[row.position.key, default: []].append(ValuationEdge(of: row, in: scope.view))
            }
        }
        let held = scope.view.positions.map(\.position.key)
        let positions = Set(kept.keys).union(held).sorted().compactMap { key in
            edges[key].map { attribution(key, $0) } ?? unkept(key, kept[key] ?? [], end)
        }
        let cash = try cash(through: end)
        let isEmpty = positions.isEmpty && cash.isEmpty && edges.isEmpty && interval.through != nil
        return (
            interval.from, end,
            Attribution(
                positions, cash: cash, base: scope.base, unknown: isEmpty ? "nothing was kept until \(end)" : nil)
        )
    }

    /// nil for what was over before the interval began, or is not known any more.
    private func attribution(_ key: PositionKey, _ edges: [ValuationEdge]) -> PositionAttribution? {
        let ordered = edges.sorted { $0.at < $1.at }
        guard let first = ordered.first, scope.engine.book.master.contains(key.instrument) else { return nil }
        let contract = contract(key, openPrice: openPrice(key, ordered))
        guard let from = interval.from else { return PositionAttribution(ordered, contract, opening: .here) }
        if let before = ordered.lastIndex(where: { $0.at <= from }) {
            let used = Array(ordered[before...])
            if used.count == 1, used[0].quantity.isZero { return nil }
            return PositionAttribution(used, contract, opening: .earlier)
        }
        if first.wasOpened { return PositionAttribution(ordered, contract, opening: .here) }
        if let settled = settled(ordered) { return PositionAttribution(settled, contract, opening: .earlier) }
        return PositionAttribution(ordered, contract, opening: .later)
    }

    /// One of which nothing was kept by the end; nil where it was opened after it.
    private func unkept(_ key: PositionKey, _ later: [ValuationEdge], _ end: Timestamp) -> PositionAttribution? {
        let first = later.min { $0.at < $1.at }
        guard first?.wasOpened != true, scope.engine.book.master.contains(key.instrument) else { return nil }
        return PositionAttribution(contract(key, openPrice: nil), unknown: "nothing of it was kept until \(end)")
    }

    /// Today's average, for a first edge that was kept without one: only of a position that was never traded since, for
    /// each later purchase moves it.
    private func openPrice(_ key: PositionKey, _ edges: [ValuationEdge]) -> FixedDecimal? {
        guard let position = scope.engine.book.positions[key],
            edges.allSatisfy({ $0.quantity == position.quantity && $0.events.tradedQuantity.isZero })
        else { return nil }
        return position.averageOpenPrice
    }

    private func contract(_ key: PositionKey, openPrice: FixedDecimal?) -> AttributionContract {
        let master = scope.engine.book.master
        let instrument = master[key.instrument]
        let underlying = instrument.underlying.flatMap { master.contains($0) ? master[$0] : nil }
        let group = underlying?.symbol ?? instrument.contract?.underlying ?? instrument.symbol
        return AttributionContract(
            key, name: "\(key.account) \(instrument.name)", instrument: instrument, underlying: underlying,
            assumptions: scope.engine.settings.model, openPrice: openPrice, dividends: scope.dividends[group])
    }
}
