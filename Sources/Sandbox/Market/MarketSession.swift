package import struct Foundation.Date

/// When the simulated market moves.
package enum MarketSession: String, Codable, Sendable {
    case alwaysOpen
    /// 9:30 to 16:00 New York time on the exchange's days; early closes are not known.
    case real

    package func isOpen(at instant: Date) -> Bool {
        switch self {
        case .alwaysOpen: return true
        case .real:
            let day = MarketDate(newYorkDayOf: instant)
            return day.isSession && instant >= day.newYork(hour: 9, minute: 30)
                && instant < day.newYork(hour: 16, minute: 0)
        }
    }
}
