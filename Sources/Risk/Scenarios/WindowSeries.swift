import PortfolioModel

/// A series of closes over a stress window: the whole of it, a part, or nothing.
struct WindowSeries: Sendable {
    enum Extent: Sendable { case whole, part, none }

    /// Other exchanges' holidays: a close so many calendar days before a day still stands for it.
    private static let reach = 4
    /// Calendar days between two closes beyond which days are missing; exchanges have been shut for a week.
    private static let longestGap = 7

    let extent: Extent
    /// Closes in the window, the one that stands for its first day included.
    let dates: [CalendarDate]
    let closes: [Double]

    init(_ series: CloseSeries?, _ window: StressWindow) {
        guard let series else {
            (extent, dates, closes) = (.none, [], [])
            return
        }
        var start = series.firstIndex(notBefore: window.first)
        let end = series.firstIndex(notBefore: window.last.adding(days: 1))
        if start > 0, start == series.dates.count || series.dates[start] > window.first,
            series.dates[start - 1].days(until: window.first) <= Self.reach
        {
            start -= 1
        }
        guard end - start >= 2 else {
            (extent, dates, closes) = (.none, [], [])
            return
        }
        dates = Array(series.dates[start..<end])
        closes = Array(series.closes[start..<end])
        let hasGap = zip(dates, dates.dropFirst()).contains { $0.days(until: $1) > Self.longestGap }
        let reaches = dates[0] <= window.first && dates[dates.count - 1].days(until: window.last) <= Self.reach
        extent = reaches && !hasGap ? .whole : .part
    }

    /// Relative move from the first close to the latest one on or before each date; 0 before the first.
    func moves(on timeline: [CalendarDate]) -> [Double] { levels(on: timeline).map { $0 / closes[0] - 1 } }

    /// Change from the first close, in the series' own units.
    func changes(on timeline: [CalendarDate]) -> [Double] { levels(on: timeline).map { $0 - closes[0] } }

    private func levels(on timeline: [CalendarDate]) -> [Double] {
        var place = 0
        return timeline.map { date in
            while place + 1 < dates.count, dates[place + 1] <= date { place += 1 }
            return closes[place]
        }
    }
}
