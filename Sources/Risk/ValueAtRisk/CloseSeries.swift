package import PortfolioModel

/// Daily closes of one instrument, or of one currency in units of the base currency, by ascending date.
package struct CloseSeries: Sendable, Hashable {
    package private(set) var dates: [CalendarDate] = []
    package private(set) var closes: [Double] = []

    /// In any order; of two closes of one date the later given holds. What is not a positive number is left out.
    package init(_ points: some Sequence<(date: CalendarDate, close: Double)>) {
        for (_, point) in points.enumerated().sorted(by: { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }
        )
        where point.close > 0 && point.close.isFinite {
            if dates.last == point.date {
                closes[closes.count - 1] = point.close
            } else {
                dates.append(point.date)
                closes.append(point.close)
            }
        }
    }

    package subscript(date: CalendarDate) -> Double? {
        let place = firstIndex(notBefore: date)
        return place < dates.count && dates[place] == date ? closes[place] : nil
    }

    /// Place of the first date on or after the given one; the count when there is none.
    package func firstIndex(notBefore date: CalendarDate) -> Int {
        var (low, high) = (0, dates.count)
        while low < high {
            let middle = (low + high) / 2
            if dates[middle] < date { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
