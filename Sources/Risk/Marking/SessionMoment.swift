import PortfolioModel

/// One instant as the markets count it: which day it is, which are open, and what belongs to the present session.
struct SessionMoment: Sendable {
    let now: Timestamp
    /// Date in New York; days to expiry count from it.
    let today: CalendarDate
    /// The session whose fills and cash make the day's P&L: the latest on or before today.
    let tradingDay: CalendarDate
    /// The latest session that has opened.
    private let opened: CalendarDate
    private let isExchangeOpen: Bool
    private let isAlwaysOpen: Bool

    init(_ now: Timestamp, _ session: RiskSettings.Session) {
        self.now = now
        today = MarketZone.newYork.date(of: now)
        switch session {
        case .alwaysOpen:
            (tradingDay, opened, isExchangeOpen, isAlwaysOpen) = (today, today, true, true)
        case .exchange(let calendar):
            let date = calendar.zone.date(of: now)
            tradingDay = calendar.session(onOrBefore: date)
            let hasOpened = calendar.hours(on: date).map { now >= $0.open } ?? true
            opened = hasOpened ? tradingDay : calendar.session(onOrBefore: date.adding(days: -1))
            isExchangeOpen = calendar.isOpen(at: now)
            isAlwaysOpen = false
        }
    }

    func isOpen(_ kind: InstrumentKind) -> Bool {
        if isAlwaysOpen || kind == .crypto { return true }
        return kind.tradesOvernight ? isFuturesOpen : isExchangeOpen
    }

    /// Whether a trade at an instant is of the present session, or of the last one when the market is closed.
    func isOfSession(_ instant: Timestamp, _ kind: InstrumentKind) -> Bool {
        if isAlwaysOpen || kind == .crypto { return now.seconds(since: instant) < 86_400 }
        if kind.tradesOvernight { return now.seconds(since: instant) < (isFuturesOpen ? 86_400 : 4 * 86_400) }
        return MarketZone.newYork.date(of: instant) >= opened
    }

    /// Whether a statement of an instant tells of the trading day, whose profit counts from the rates before it too:
    /// from midnight on that is the day to come, not the session that opened last. Simulated markets have no other.
    func isToldBy(_ statement: Timestamp, _ kind: InstrumentKind) -> Bool {
        if isAlwaysOpen { return true }
        if kind == .crypto || kind.tradesOvernight { return isOfSession(statement, kind) }
        return MarketZone.newYork.date(of: statement) >= tradingDay
    }

    /// The earliest instant that `isOfSession` takes; of crypto it is not asked.
    func firstOfSession(_ kind: InstrumentKind) -> Timestamp {
        func ago(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: now.microseconds - seconds * 1_000_000 + 1) }
        if isAlwaysOpen { return ago(86_400) }
        if kind.tradesOvernight { return ago(isFuturesOpen ? 86_400 : 4 * 86_400) }
        return MarketZone.newYork.instant(opened, hour: 0, minute: 0)
    }

    /// Sunday 18:00 to Friday 17:00 New York, with an hour's break at 17:00 (CME Globex).
    private var isFuturesOpen: Bool {
        let start = MarketZone.newYork.instant(today, hour: 0, minute: 0)
        let hour = Int(now.seconds(since: start) / 3600)
        switch today.weekday {
        case 6: return false
        case 7: return hour >= 18
        case 5: return hour < 17
        default: return hour != 17
        }
    }
}

extension InstrumentKind {
    var tradesOvernight: Bool { self == .future || self == .futureOption }
}
