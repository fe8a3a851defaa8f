/// The statements of a calendar data file, in the format that `ExchangeCalendar` describes.
struct CalendarData {
    var zone: MarketZone?
    var hours: ExchangeCalendar.Hours?
    var standardClose: ExchangeCalendar.StandardClose?
    var through: CalendarDate?
    var exceptions: [CalendarDate: ExchangeCalendar.Exception] = [:]
    /// First line that says something of the exchange rather than of a date.
    var lineOfExchangeTerms: (number: Int, text: String)?

    /// Throws `CalendarDataError` with the line.
    init(parsing text: String) throws(CalendarDataError) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            guard let first = words.first else { continue }
            let place = (index + 1, String(line))
            switch first {
            case "zone", "hours", "standard-close":
                lineOfExchangeTerms = lineOfExchangeTerms ?? place
                try readTerm(words, place)
            case "through": through = try date(words.dropFirst().first, words.count == 2, place)
            default: try readException(words, place)
            }
        }
    }

    private mutating func readTerm(_ words: [Substring], _ place: (Int, String)) throws(CalendarDataError) {
        let times = words.dropFirst().prefix(2).compactMap { ExchangeCalendar.ClockTime($0) }
        switch (words[0], words.count) {
        case ("zone", 2):
            guard let found = MarketZone(String(words[1])) else {
                throw bad(place, "name a zone of the zone database, such as America/New_York")
            }
            zone = found
        case ("hours", 3) where times.count == 2:
            hours = ExchangeCalendar.Hours(open: times[0], close: times[1])
        case ("standard-close", 3) where times.count == 1:
            guard let other = MarketZone(String(words[2])) else {
                throw bad(place, "name a zone of the zone database, such as America/New_York")
            }
            standardClose = ExchangeCalendar.StandardClose(close: times[0], zone: other)
        default:
            throw bad(place, "write `zone NAME`, `hours HH:MM HH:MM` or `standard-close HH:MM ZONE`")
        }
    }

    private mutating func readException(_ words: [Substring], _ place: (Int, String)) throws(CalendarDataError) {
        let date = try date(words[0], true, place)
        if exceptions[date] != nil { throw bad(place, "name each date once") }
        let times = words.dropFirst(2).compactMap { ExchangeCalendar.ClockTime($0) }
        guard words.count > 1, times.count == words.count - 2 else { throw bad(place, Self.datesForm) }
        switch (words[1], times.count) {
        case ("closed", 0): exceptions[date] = .closed
        case ("early", 1): exceptions[date] = .early(times[0])
        case ("open", 2): exceptions[date] = .special(ExchangeCalendar.Hours(open: times[0], close: times[1]))
        default: throw bad(place, Self.datesForm)
        }
    }

    private static let datesForm =
        "write `DATE closed`, `DATE early HH:MM` or `DATE open HH:MM HH:MM`, the date as YYYY-MM-DD"

    private func date(
        _ word: Substring?, _ isWhole: Bool, _ place: (Int, String)
    ) throws(CalendarDataError) -> CalendarDate {
        guard isWhole, let word, let date = CalendarDate(word) else { throw bad(place, Self.datesForm) }
        return date
    }

    private func bad(_ place: (number: Int, text: String), _ fix: String) -> CalendarDataError {
        CalendarDataError(line: place.number, text: place.text, fix: fix)
    }
}

extension ExchangeCalendar {
    /// Throws `CalendarDataError` with the line.
    package init(parsing text: String) throws(CalendarDataError) {
        let data = try CalendarData(parsing: text)
        guard let zone = data.zone, let hours = data.hours else {
            throw CalendarDataError(
                line: 0, text: "zone or hours is missing", fix: "say `zone NAME` and `hours HH:MM HH:MM`")
        }
        if data.through == nil && !data.exceptions.isEmpty {
            throw CalendarDataError(
                line: 0, text: "through is missing", fix: "say `through DATE`, the last date covered")
        }
        self.init(
            zone: zone, hours: hours, standardClose: data.standardClose, exceptions: data.exceptions,
            through: data.through)
    }
}
