import PortfolioModel
import Risk

extension AttributionDesk {
    /// With an edge of the prior settlement before them, where an interval begins with that and tracking began in the
    /// session after it, so that the day has its whole profit (domain.md, Day P&L): what was held overnight, and at the
    /// first kept edge the fills and cash that came before it. That edge has no Greeks.
    ///
    /// nil where the interval begins elsewhere, nobody stated that settlement or its rate, and where it cannot be told
    /// which of the day's fills came before the first edge.
    func settled(_ edges: [ValuationEdge]) -> [ValuationEdge]? {
        guard let from = interval.from, interval.through == nil, let first = edges.first, first.at > from,
            let row = scope.view.positions.first(where: { $0.position.key == first.position })
        else { return nil }
        let session = calendar.session(onOrBefore: scope.today)
        let date = calendar.session(onOrBefore: session.adding(days: -1))
        let (position, currency) = (row.position, row.instrument.currency)
        // Rupees settle by another exchange's calendar.
        guard from == Self.close(date, calendar), currency != .inr,
            let events = try? events(of: position, on: session, row.instrument, before: edges.dropFirst()),
            let overnight = try? first.quantity - events.tradedQuantity
        else { return nil }
        var (start, next) = (first, first)
        start = ValuationEdge(
            position: first.position, at: from, kind: .close, quantity: overnight, state: .confirmed, asOf: from)
        next.events = events
        let isOfSession = calendar.session(onOrBefore: calendar.zone.date(of: position.asOf)) == session
        let price =
            scope.engine.book.markets[position.instrument].previousClose
            ?? (isOfSession ? position.priorSettlement : nil)
        start.mark = price ?? (overnight.isZero ? first.mark : nil)
        start.fx = fx(currency, on: date)
        guard start.mark != nil, start.fx != nil else { return nil }
        return [start, next] + edges.dropFirst()
    }

    private func fx(_ currency: Currency, on date: CalendarDate) -> FixedDecimal? {
        currency == scope.base ? .one : scope.past.rates.rate(from: currency, to: scope.base, on: date).value
    }

    /// What a session brought before the first of its edges: all that it brought, or nothing where the later edges tell
    /// all its fills; nil where neither is so.
    private func events(
        of position: Position, on session: CalendarDate, _ instrument: Instrument,
        before later: ArraySlice<ValuationEdge>
    ) throws -> EdgeEvents? {
        let told = try FixedDecimal.sum(later.map(\.events.tradedQuantity))
        let hasTold = later.contains { $0.events != EdgeEvents() }
        guard position.today.date == session else { return hasTold ? nil : EdgeEvents() }
        let fills = position.today.fills
        if hasTold {
            let cash = try FixedDecimal.sum(later.map { try $0.events.income - $0.events.fees })
            let isAllTold = try told == FixedDecimal.sum(fills.map(\.quantity))
            return isAllTold && (!fills.isEmpty || cash == position.today.cash) ? EdgeEvents() : nil
        }
        let cost = try FixedDecimal.sum(
            fills.map { try $0.quantity.multiplied(by: instrument.multiplier).multiplied(by: $0.price) })
        return EdgeEvents(
            tradedQuantity: try FixedDecimal.sum(fills.map(\.quantity)), tradeCash: -cost, fees: -position.today.cash)
    }
}

extension ValuationEdge {
    /// Whether this, a position's first edge ever, is of its opening: its account had been seen without it.
    var wasOpened: Bool { kind == .fill && !quantity.isZero }
}
