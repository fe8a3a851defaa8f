import PortfolioModel
import Pricing

/// The exchange rates as they were at the settlements that the day's P&L counts from: on the date of the session before
/// today's of the listing exchange, which is the session's calendar for all but rupees.
struct SettledRates: Sendable {
    private var dates: [MarketCutoffs.Market: CalendarDate] = [:]
    private var tables: [CalendarDate: FXTable] = [:]

    init() {}

    /// Looks them up when a date is another one, or none were looked up.
    mutating func look(in book: Book, at moment: SessionMoment, _ settings: RiskSettings) {
        var dates: [MarketCutoffs.Market: CalendarDate] = [:]
        for market in MarketCutoffs.Market.allCases { dates[market] = moment.settlement(market, settings) }
        guard dates != self.dates || tables.isEmpty else { return }
        self.dates = dates
        tables = [:]
        for date in Set(dates.values) {
            tables[date] = book.recentRates.table(on: date, by: settings.fx, base: book.base)
        }
    }

    func table(_ instrument: Instrument) -> FXTable {
        dates[MarketCutoffs.market(of: instrument)].flatMap { tables[$0] } ?? FXTable()
    }
}

extension SessionMoment {
    /// The date of the settlement before the present trading day's of a market.
    fileprivate func settlement(_ market: MarketCutoffs.Market, _ settings: RiskSettings) -> CalendarDate {
        guard case .exchange(let own) = settings.session else { return today.adding(days: -1) }
        switch market {
        case .newYork, .chicago: return own.session(onOrBefore: tradingDay.adding(days: -1))
        case .mumbai, .mcx:
            let calendar = settings.model.cutoffs.cutoff(market).calendar
            let trading = calendar.session(onOrBefore: calendar.zone.date(of: now))
            return calendar.session(onOrBefore: trading.adding(days: -1))
        }
    }
}
