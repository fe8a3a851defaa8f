/// A name somebody else uses for an instrument, for as long as it was valid.
package struct Identifier: Hashable, Sendable, Codable {
    package enum Scheme: String, Sendable, CaseIterable, Codable {
        /// OCC 21-character option symbol, root padded to six.
        case osi
        case dxfeed
        case tastytrade
        case fidelity
        case isin, cusip, figi
        /// The broker's own permanent contract number.
        case conId
        case kite
        case ticker

        /// Names that stay with a contract through renames, so that one of them alone proves identity.
        var isPermanent: Bool { self == .conId || self == .figi }
    }

    package var scheme: Scheme
    package var value: String
    /// First and last date of validity, both inclusive; nil is open.
    package var validFrom: CalendarDate?
    package var validThrough: CalendarDate?

    package init(
        _ scheme: Scheme, _ value: String, validFrom: CalendarDate? = nil, validThrough: CalendarDate? = nil
    ) {
        self.scheme = scheme
        self.value = value
        self.validFrom = validFrom
        self.validThrough = validThrough
    }

    package func isValid(on date: CalendarDate) -> Bool {
        if let validFrom, date < validFrom { return false }
        if let validThrough, date > validThrough { return false }
        return true
    }
}
