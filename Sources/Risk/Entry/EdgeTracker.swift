package import PortfolioModel

/// Makes the valuation edges that P&L attribution is computed between (domain.md): at each session's open and close, at
/// each change of a quantity, and at the first look of a run. A pure value.
///
/// An edge waits until its position's figures are confirmed, at most `patience`: what is known then is kept, with its
/// state. Sessions are the calendar's, and of rupees those of Mumbai's exchanges or of MCX.
package struct EdgeTracker: Sendable {
    /// An edge whose figures have not arrived.
    private struct Pending: Sendable {
        var position: PositionKey
        var kind: ValuationEdge.Kind
        var quantity: FixedDecimal
        /// When it happened, and the edge is of.
        var at: Timestamp
    }

    /// What a view says of one position.
    private struct Figures: Sendable {
        /// Of the view's instant; `quantity` and `kind` are the edge's to say.
        var edge: ValuationEdge
        var isConfirmed: Bool
    }

    package static let patience = 120.0
    /// Seconds after a session's open or close within which its edge may be taken.
    package static let window = 900.0

    private var markets: [MarketSessions]
    private var pending: [Pending] = []
    private var quantities: [PositionKey: FixedDecimal] = [:]
    /// Each position's latest figures: what is known of one that is closed before the next look.
    private var figures: [PositionKey: Figures] = [:]
    /// Accounts whose holdings were stated in this run.
    private var seen: Set<AccountID> = []

    /// `lastOpen` and `lastClose` are when the last edges of these kinds were kept, so that each session has one.
    package init(
        calendar: ExchangeCalendar = .newYork, multiCommodity: ExchangeCalendar = .multiCommodity,
        lastOpen: [InstrumentID: Timestamp] = [:], lastClose: [InstrumentID: Timestamp] = [:]
    ) {
        let calendars: [(MarketCutoffs.Market, ExchangeCalendar)] = [
            (.newYork, calendar), (.mumbai, .mumbai), (.mcx, multiCommodity),
        ]
        markets = calendars.map {
            MarketSessions(market: $0.0, calendar: $0.1, keptOpens: lastOpen, keptCloses: lastClose)
        }
    }

    /// Takes one change of a position's quantity as it happens. Of what was not seen before, the first look tells.
    package mutating func observe(_ key: PositionKey, quantity: FixedDecimal, at now: Timestamp) {
        guard let held = quantities[key], held != quantity else { return }
        quantities[key] = quantity.isZero ? nil : quantity
        pending.append(Pending(position: key, kind: .fill, quantity: quantity, at: now))
    }

    /// The edges that are due and whose figures a view has, to be stored.
    package mutating func edges(with view: PortfolioView) -> [ValuationEdge] {
        var present: [PositionKey: Figures] = [:]
        present.reserveCapacity(view.positions.count)
        for row in view.positions { present[row.position.key] = Self.figures(row, view) }
        look(at: view)
        session(of: view)
        var made: [ValuationEdge] = []
        var waiting: [Pending] = []
        for one in pending {
            let known = present[one.position] ?? figures[one.position]
            let isReady = one.quantity.isZero || known?.isConfirmed == true
            if isReady || view.at.seconds(since: one.at) >= Self.patience {
                made.append(Self.edge(one, known))
            } else {
                waiting.append(one)
            }
        }
        pending = waiting
        figures = present
        return made
    }

    /// A position that was not there before is a change of quantity once its account's holdings were seen without it;
    /// else it is the run's first look. One that is gone without a word was closed.
    private mutating func look(at view: PortfolioView) {
        for row in view.positions where row.account.state == .confirmed {
            let key = row.position.key
            if quantities[key] == row.position.quantity { continue }
            let isNew = quantities[key] == nil && !seen.contains(key.account)
            quantities[key] = row.position.quantity
            pending.append(
                Pending(position: key, kind: isNew ? .start : .fill, quantity: row.position.quantity, at: view.at))
        }
        let there = Set(view.positions.map(\.position.key))
        for key in quantities.keys.sorted() where !there.contains(key) {
            quantities[key] = nil
            pending.append(Pending(position: key, kind: .fill, quantity: .zero, at: view.at))
        }
        for account in view.accounts where account.account.state == .confirmed { seen.insert(account.account.id) }
    }

    /// Asks for the edges of each market's open and close, each once.
    private mutating func session(of view: PortfolioView) {
        for place in markets.indices {
            let rows = view.positions.filter { markets[place].has($0.instrument) }
            if rows.isEmpty { continue }
            for kind in markets[place].due(at: view.at, rows.map(\.instrument.id)) {
                pending += rows.map {
                    Pending(position: $0.position.key, kind: kind, quantity: $0.position.quantity, at: view.at)
                }
            }
        }
    }

    private static func figures(_ row: PositionView, _ view: PortfolioView) -> Figures {
        Figures(
            edge: ValuationEdge(of: row, in: view),
            isConfirmed: row.state == .confirmed && row.unitGreeks.state == .confirmed)
    }

    private static func edge(_ one: Pending, _ known: Figures?) -> ValuationEdge {
        var edge = ValuationEdge(
            position: one.position, at: one.at, kind: one.kind, quantity: one.quantity,
            state: known?.edge.state ?? .unknown, asOf: known?.edge.asOf ?? one.at,
            greeksSource: known?.edge.greeksSource ?? "")
        guard let from = known?.edge else { return edge }
        (edge.mark, edge.underlyingPrice, edge.fx) = (from.mark, from.underlyingPrice, from.fx)
        (edge.delta, edge.gamma, edge.theta) = (from.delta, from.gamma, from.theta)
        (edge.vega, edge.rho, edge.volatility) = (from.vega, from.rho, from.volatility)
        if from.quantity == one.quantity { edge.averageOpenPrice = from.averageOpenPrice }
        return edge
    }
}

extension ValuationEdge {
    /// How a position stands in a view, for the end of an interval that goes on.
    package init(of row: PositionView, in view: PortfolioView) {
        self.init(
            position: row.position.key, at: view.at, kind: .manual, quantity: row.position.quantity,
            state: row.mark.value.value == nil ? .unknown : row.state, asOf: row.asOf)
        mark = row.mark.value.value
        underlyingPrice = row.underlyingPrice.value
        volatility = row.impliedVolatility.value
        if let greeks = row.unitGreeks.value {
            (delta, gamma, theta) = (greeks.delta, greeks.gamma, greeks.theta)
            (vega, rho) = (greeks.vega, greeks.rho)
            greeksSource = row.unitGreeks.source
        }
        averageOpenPrice = row.position.averageOpenPrice
        fx = view.fx.rate(from: row.instrument.currency, to: view.base).value
    }
}
