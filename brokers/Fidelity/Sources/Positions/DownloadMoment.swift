import PortfolioModel

/// Date and New York wall-clock time of a footer: `07/30/2021 2:26 PM ET`, `Aug-03-2026 5:45 p.m ET`, `12/03/2025 3:00
/// pm`.
struct DownloadMoment {
    var date: CalendarDate
    var time: (hour: Int, minute: Int)?
    /// What was read leniently.
    var remarks: [String] = []

    /// `text` is what follows "Date downloaded", in lower case. nil when it does not start with a date.
    init?(_ text: String) {
        let words = text.filter { $0 != "." }.split { $0 == " " || $0 == "," || $0 == "\"" }
        var rest = words.drop { $0 == ":" }
        guard let first = rest.popFirst(), let date = Self.date(first) else { return nil }
        self.date = date
        if Self.isSpreadsheetForm(first) { remarks.append("the download date was rewritten by a spreadsheet") }
        guard let clock = rest.popFirst() else { return }
        var half = Self.half(in: clock)
        if half == nil, let next = rest.first, let found = Self.half(String(next)) {
            half = found
            rest = rest.dropFirst()
        }
        time = Self.time(clock.prefix { $0.isNumber || $0 == ":" }, half)
        if time == nil { remarks.append("the download time could not be read; the close of the session is taken") }
        if let zone = rest.first, !["et", "est", "edt"].contains(zone) {
            remarks.append("the download time's zone is not understood; New York is taken")
        }
    }

    /// `mm/dd/yyyy`, `mmm-dd-yyyy` or `mm-dd-yyyy`; two-digit years are of this century.
    static func date(_ text: some StringProtocol) -> CalendarDate? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "-" }
        guard parts.count == 3, let month = month(parts[0]), (1...2).contains(parts[1].utf8.count),
            parts[2].utf8.count == 4 || parts[2].utf8.count == 2, let day = number(parts[1]),
            let year = number(parts[2])
        else { return nil }
        return CalendarDate(year: year < 100 ? 2000 + year : year, month: month, day: day)
    }

    static func isMonth(_ word: some StringProtocol) -> Bool { months.contains(word.lowercased()) }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func month(_ text: some StringProtocol) -> Int? {
        if let index = months.firstIndex(of: text.lowercased()) { return index + 1 }
        return text.utf8.count <= 2 ? number(text) : nil
    }

    private static func number(_ text: some StringProtocol) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    private static func isSpreadsheetForm(_ text: Substring) -> Bool {
        guard text.contains("/") else { return false }
        return text.split(separator: "/").map(\.utf8.count) != [2, 2, 4]
    }

    /// Hours to add to a twelve-hour time: the word `am` or `pm`.
    private static func half(_ word: String) -> Int? {
        switch word {
        case "am": 0
        case "pm": 12
        default: nil
        }
    }

    private static func half(in clock: Substring) -> Int? { half(String(clock.suffix(2))) }

    private static func time(_ text: Substring, _ half: Int?) -> (hour: Int, minute: Int)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hour = number(parts[0]), let minute = number(parts[1]), minute < 60
        else { return nil }
        guard let half else { return hour < 24 ? (hour, minute) : nil }
        guard (1...12).contains(hour) else { return nil }
        return (hour % 12 + half, minute)
    }
}
