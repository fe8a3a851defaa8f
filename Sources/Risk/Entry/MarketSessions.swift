import PortfolioModel

/// Which sessions of one market's positions have had their edges of open and close.
struct MarketSessions: Sendable {
    /// New York stands for the service's own calendar, which all but rupees follow.
    let market: MarketCutoffs.Market
    private let calendar: ExchangeCalendar
    private let keptOpens: [InstrumentID: Timestamp]
    private let keptCloses: [InstrumentID: Timestamp]
    private var lastOpen: CalendarDate?
    private var lastClose: CalendarDate?

    /// `keptOpens` and `keptCloses` are when an earlier run kept the last edges of these kinds.
    init(
        market: MarketCutoffs.Market, calendar: ExchangeCalendar, keptOpens: [InstrumentID: Timestamp],
        keptCloses: [InstrumentID: Timestamp]
    ) {
        self.market = market
        self.calendar = calendar
        self.keptOpens = keptOpens
        self.keptCloses = keptCloses
    }

    func has(_ instrument: Instrument) -> Bool {
        let own = MarketCutoffs.market(of: instrument)
        return market == (own == .chicago ? .newYork : own)
    }

    /// The edges that are due of the market's positions, each kind once a session. Later than `EdgeTracker.window` they
    /// would not be that: a run that begins then has its first look.
    mutating func due(at now: Timestamp, _ held: [InstrumentID]) -> [ValuationEdge.Kind] {
        let date = calendar.zone.date(of: now)
        guard let hours = calendar.hours(on: date) else { return [] }
        var due: [ValuationEdge.Kind] = []
        if isIn(hours.open, now), isNew(date, lastOpen, keptOpens, held) {
            lastOpen = date
            due.append(.open)
        }
        if isIn(hours.close, now), isNew(date, lastClose, keptCloses, held) {
            lastClose = date
            due.append(.close)
        }
        return due
    }

    private func isIn(_ instant: Timestamp, _ now: Timestamp) -> Bool {
        (0..<EdgeTracker.window).contains(now.seconds(since: instant))
    }

    /// Whether neither this run nor the one before kept the session's edges.
    private func isNew(
        _ date: CalendarDate, _ last: CalendarDate?, _ kept: [InstrumentID: Timestamp], _ held: [InstrumentID]
    ) -> Bool {
        if let last, last >= date { return false }
        return !held.contains { id in kept[id].map { calendar.zone.date(of: $0) >= date } ?? false }
    }
}
