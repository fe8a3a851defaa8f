/// A date about which a calendar says nothing, so that a holiday or an early close may be missing.
package enum CalendarWarning: Sendable, Hashable, CustomStringConvertible {
    /// The date is after the last one of the data.
    case pastEnd(CalendarDate, through: CalendarDate)
    /// The data names no holidays.
    case noHolidays(CalendarDate)

    package var description: String {
        switch self {
        case .pastEnd(let date, let through):
            "the calendar ends on \(through): a holiday on or before \(date) may be missing"
        case .noHolidays(let date): "the calendar knows of no holidays: \(date) may be one"
        }
    }
}

extension ExchangeCalendar {
    /// What a reader of a figure that depends on this date must know; nil when the data covers it.
    package func warning(for date: CalendarDate) -> CalendarWarning? {
        guard let through else { return .noHolidays(date) }
        return date > through ? .pastEnd(date, through: through) : nil
    }
}
