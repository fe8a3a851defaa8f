import Foundation
import PortfolioModel
import Testing

struct CalendarDateTests {
    @Test func components_agreeWithFoundation_from1990To2100() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let start = try #require(CalendarDate(year: 1990, month: 1, day: 1))
        let end = try #require(CalendarDate(year: 2100, month: 12, day: 31))
        #expect(start.dayNumber == 7305)
        for number in start.dayNumber...end.dayNumber {
            let date = CalendarDate(dayNumber: number)
            let theirs = calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(number) * 86_400))
            let (year, month, day) = date.components
            guard year == theirs.year, month == theirs.month, day == theirs.day,
                theirs.weekday.map({ ($0 + 5) % 7 + 1 }) == date.weekday,
                CalendarDate(year: year, month: month, day: day) == date, CalendarDate(date.description) == date
            else {
                Issue.record("\(date) is not \(theirs)")
                return
            }
        }
    }

    @Test(arguments: [
        "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "26-01-01", "2026/01/01",
        "2026-01-01T00", "", "-2026-01-01", "0000-01-01", "2026-01-0x", "２026-01-01",
    ])
    func text_isRefused_whenThereIsNoSuchDay(text: String) { #expect(CalendarDate(text) == nil) }

    @Test func components_holdBeforeTheEpoch() throws {
        for text in ["0001-01-01", "1600-02-29", "1900-03-01", "1969-12-31", "9999-12-31"] {
            #expect(CalendarDate(text)?.description == text)
        }
    }

    @Test func days_areCounted() throws {
        let date = try #require(CalendarDate("2028-02-28"))
        #expect(date.adding(days: 2).description == "2028-03-01")
        #expect(date.days(until: date.adding(days: -7)) == -7)
        #expect(date.yyMMdd == "280228")
    }
}
