import PortfolioModel
import PortfolioStore
import Risk

/// Explains the profit of a scope's positions between stored valuation edges.
struct AttributionDesk {
    let scope: AnalysisScope
    let store: PortfolioStore
    let calendar: ExchangeCalendar
    private let interval: Interval

    /// From an instant through another; nil is without bound: since entry, and until now.
    struct Interval: Sendable, Equatable {
        var from: Timestamp?
        var through: Timestamp?
    }

    /// Throws `CommandError` for dates that are none, or in the wrong order.
    init(_ scope: AnalysisScope, _ store: PortfolioStore, calendar: ExchangeCalendar = .newYork) throws {
        (self.scope, self.store, self.calendar) = (scope, store, calendar)
        let asked = scope.query.interval ?? IntervalQuery()
        let through = try asked.through.map { try Self.close($0, "to", calendar) }
        switch asked.from ?? "yesterday" {
        case "entry": interval = Interval(from: nil, through: through)
        case "yesterday":
            let today = calendar.zone.date(of: through ?? scope.view.at)
            let before = calendar.session(onOrBefore: today.adding(days: -1))
            interval = Interval(from: Self.close(before, calendar), through: through)
        case let text: interval = Interval(from: try Self.close(text, "from", calendar), through: through)
        }
        if let from = interval.from, from >= interval.through ?? scope.view.at {
            throw CommandError(
                "bad-interval", "the interval ends before it begins", field: "from", fix: "exchange the two dates",
                exit: .usage)
        }
    }

    private static func close(_ text: String, _ field: String, _ calendar: ExchangeCalendar) throws -> Timestamp {
        guard let date = CalendarDate(text) else {
            throw CommandError(
                "bad-date", "`\(text)` is no date", field: field, fix: "write YYYY-MM-DD, entry or yesterday",
                exit: .usage)
        }
        return close(date, calendar)
    }

    /// The end of a date: its session's close with the minutes in which the close is kept, else midnight.
    private static func close(_ date: CalendarDate, _ calendar: ExchangeCalendar) -> Timestamp {
        guard let hours = calendar.hours(on: date) else {
            return calendar.zone.instant(date.adding(days: 1), hour: 0, minute: 0)
        }
        return hours.close.adding(.seconds(EdgeTracker.window))
    }

    /// Beginning and end as they were found, and the positions' profits.
    func attribution() throws -> (from: Timestamp?, through: Timestamp, attribution: Attribution) {
        let end = interval.through ?? scope.view.at
        let stored = try store.edges(from: Timestamp(microseconds: 0), through: end)
        let members = Set(scope.view.accountsByID.keys)
        var edges = Dictionary(grouping: stored.filter { members.contains($0.position.account) }, by: \.position)
        if interval.through == nil {
            for row in scope.view.positions {
                edges[row.position.key, default: []].append(ValuationEdge(of: row, in: scope.view))
            }
        }
        let positions = edges.sorted { $0.key < $1.key }.compactMap { key, edges in attribution(key, edges) }
        return (interval.from, end, Attribution(positions, base: scope.base))
    }

    /// nil for what was over before the interval began, or is not known any more.
    private func attribution(_ key: PositionKey, _ edges: [ValuationEdge]) -> PositionAttribution? {
        let ordered = edges.sorted { $0.at < $1.at }
        let before = interval.from.flatMap { from in ordered.lastIndex { $0.at <= from } }
        let used = before.map { Array(ordered[$0...]) } ?? ordered
        if used.count == 1, used[0].quantity.isZero { return nil }
        guard scope.engine.book.master.contains(key.instrument) else { return nil }
        let instrument = scope.engine.book.master[key.instrument]
        return PositionAttribution(used, contract(key, instrument), opening: before == nil ? .here : .earlier)
    }

    private func contract(_ key: PositionKey, _ instrument: Instrument) -> AttributionContract {
        let master = scope.engine.book.master
        return AttributionContract(
            key, name: "\(key.account) \(instrument.symbol)", instrument: instrument,
            underlying: instrument.underlying.flatMap { master.contains($0) ? master[$0] : nil },
            assumptions: scope.engine.settings.model,
            openPrice: scope.engine.book.positions[key]?.averageOpenPrice)
    }
}
