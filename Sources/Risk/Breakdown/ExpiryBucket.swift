/// Where a contract's remaining days fall.
package enum ExpiryBucket: String, Sendable, CaseIterable {
    case expired
    case today
    case week = "1-7 days"
    case month = "8-30 days"
    case twoMonths = "31-60 days"
    case quarter = "61-90 days"
    case halfYear = "91-180 days"
    case year = "181-365 days"
    case later = "over a year"
    case never = "no expiry"

    package init(_ days: Int?) {
        guard let days else {
            self = .never
            return
        }
        switch days {
        case ..<0: self = .expired
        case 0: self = .today
        case ...7: self = .week
        case ...30: self = .month
        case ...60: self = .twoMonths
        case ...90: self = .quarter
        case ...180: self = .halfYear
        case ...365: self = .year
        default: self = .later
        }
    }
}
