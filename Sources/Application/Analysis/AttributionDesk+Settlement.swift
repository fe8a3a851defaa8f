import PortfolioModel
import Risk

extension AttributionDesk {
    /// The edge that the prior settlement makes where an interval begins with it and tracking began in the session
    /// after it, so that the day has its whole profit (domain.md, Day P&L). It has no Greeks.
    ///
    /// nil where the interval begins elsewhere, nobody stated that settlement or its rate, and where something happened
    /// to the position between it and the first edge.
    func settlement(before first: ValuationEdge, then later: ArraySlice<ValuationEdge>) -> ValuationEdge? {
        guard let from = interval.from, interval.through == nil,
            let row = scope.view.positions.first(where: { $0.position.key == first.position }),
            let traded = try? FixedDecimal.sum(later.map(\.events.tradedQuantity)),
            row.position.quantity == (try? first.quantity + traded), !first.quantity.isZero
        else { return nil }
        let session = calendar.session(onOrBefore: scope.today)
        let date = calendar.session(onOrBefore: session.adding(days: -1))
        let (position, currency) = (row.position, row.instrument.currency)
        guard from == Self.close(date, calendar), first.at > from, currency != .inr,
            today(position, on: session) == .some(traded),
            let price = scope.engine.book.markets[position.instrument].previousClose ?? position.priorSettlement,
            let fx = currency == scope.base
                ? .one : scope.past.rates.rate(from: currency, to: scope.base, on: date).value
        else { return nil }
        var edge = ValuationEdge(
            position: first.position, at: from, kind: .close, quantity: first.quantity, state: .confirmed, asOf: from)
        (edge.mark, edge.fx) = (price, fx)
        return edge
    }

    /// What was traded in the session; nil with income in it, of which nobody says when it came.
    private func today(_ position: Position, on session: CalendarDate) -> FixedDecimal? {
        guard position.today.date == session else { return .zero }
        guard position.today.fills.isEmpty ? position.today.cash.isZero : true else { return nil }
        return try? FixedDecimal.sum(position.today.fills.map(\.quantity))
    }
}

extension ValuationEdge {
    /// Whether this, a position's first edge ever, is of its opening: its account had been seen without it.
    var wasOpened: Bool { kind == .fill && !quantity.isZero }
}
