import PortfolioModel

/// Whose sessions an instrument's closes are of.
struct ClosingSessions: Sendable {
    /// nil where any day may have a close, or the exchange is not known.
    let calendar: ExchangeCalendar?
    /// Whether a date without a session cannot have a close: the calendar has every special session.
    let isComplete: Bool

    /// By currency and kind: dollars New York, Chicago for futures; rupees NSE and BSE, whose sessions on holidays and
    /// weekends are not in the calendar.
    init(_ instrument: Instrument) {
        switch (instrument.currency, instrument.kind) {
        case (_, .crypto), (_, .cash), (_, .bond): (calendar, isComplete) = (nil, false)
        case (.usd, .future), (.usd, .futureOption): (calendar, isComplete) = (.chicago, true)
        case (.usd, _): (calendar, isComplete) = (.newYork, true)
        case (.inr, _): (calendar, isComplete) = (.mumbai, false)
        default: (calendar, isComplete) = (nil, false)
        }
    }
}
