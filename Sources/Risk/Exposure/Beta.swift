package import PortfolioModel

/// How much an instrument moved with an index (domain.md, Beta-weighted delta), with what it was computed from.
package struct Beta: Sendable, Equatable {
    package var value: Double
    /// Of the slope; nil for a configured beta.
    package var standardError: Double?
    /// Weekly returns it is computed from; 0 for a configured beta.
    package var returns: Int
    /// The first and last close used; nil for a configured beta.
    package var first: CalendarDate?
    package var last: CalendarDate?

    package init(
        value: Double, standardError: Double? = nil, returns: Int = 0, first: CalendarDate? = nil,
        last: CalendarDate? = nil
    ) {
        self.value = value
        self.standardError = standardError
        self.returns = returns
        self.first = first
        self.last = last
    }
}

/// Betas from weekly returns in one currency: weekly, because closes of New York and Mumbai are 14 hours apart; in the
/// index's, whatever a book is reported in, because a beta is of two instruments and not of a reader.
///
/// Of each calendar week the last day counts on which both have a close; a return spans consecutive weeks only. The
/// beta is the slope of the least-squares line with an intercept.
package struct BetaEstimator: Sendable {
    package var history: PriceHistory
    package var fx: FXHistory
    package var index: InstrumentID
    /// The one currency.
    package var indexCurrency: Currency
    /// Weekly returns at most; the latest count.
    package var weeks: Int
    /// With fewer the beta is unknown; at least 3.
    package var minimumReturns: Int
    /// By the instrument's symbol; they stand instead of computed ones.
    package var overrides: [String: Double]

    package init(
        history: PriceHistory, fx: FXHistory, index: InstrumentID, indexCurrency: Currency,
        weeks: Int = 104, minimumReturns: Int = 26, overrides: [String: Double] = [:]
    ) {
        self.history = history
        self.fx = fx
        self.index = index
        self.indexCurrency = indexCurrency
        self.weeks = weeks
        self.minimumReturns = max(3, minimumReturns)
        self.overrides = overrides
    }

    /// The beta as of a date. Unknown says how many days and returns there are; its as-of is the last close's end.
    package func beta(of instrument: Instrument, through date: CalendarDate) -> Figure<Beta> {
        if let value = overrides[instrument.symbol] {
            return .confirmed(Beta(value: value), asOf: nil, source: FXRate.configurationSource)
        }
        // A week that is not over, up to its Friday, has no return yet.
        let dates = weekEnds(
            history.commonDates(of: [instrument.id, index]).filter { $0 <= date && Self.friday($0) <= date })
        let days = history.prices(of: instrument.id).count { $0.date <= date }
        let pairs = returns(of: instrument, on: dates)
        guard pairs.count >= minimumReturns else {
            return .unknown(
                "\(pairs.count) weekly returns with the index of \(minimumReturns) needed (\(days) days of prices)")
        }
        guard let (slope, error) = Self.slope(pairs.map { ($0.index, $0.own) }) else {
            return .unknown("the index did not move")
        }
        let beta = Beta(
            value: slope, standardError: error, returns: pairs.count, first: pairs.first?.from,
            last: pairs.last?.through)
        let last = pairs.last.flatMap { history.latest(of: instrument.id, onOrBefore: $0.through) }
        return .confirmed(beta, asOf: last?.asOf, source: "returns")
    }

    private struct Pair {
        var from: CalendarDate
        var through: CalendarDate
        var own: Double
        var index: Double
    }

    /// The last date of each week, Monday to Sunday, oldest first.
    private func weekEnds(_ dates: [CalendarDate]) -> [CalendarDate] {
        var ends: [CalendarDate] = []
        for date in dates {
            if let last = ends.last, Self.week(last) == Self.week(date) { ends.removeLast() }
            ends.append(date)
        }
        return ends
    }

    /// Weeks counted from that of 1969-12-29, a Monday.
    private static func week(_ date: CalendarDate) -> Int { (date.dayNumber + 3).quotientDown(by: 7) }

    private static func friday(_ date: CalendarDate) -> CalendarDate { date.adding(days: 5 - date.weekday) }

    private func returns(of instrument: Instrument, on dates: [CalendarDate]) -> [Pair] {
        var pairs: [Pair] = []
        // One week more than returns, and as many again that a week or a rate may lack.
        for (from, through) in zip(dates, dates.dropFirst()).suffix(weeks * 2)
        where Self.week(through) == Self.week(from) + 1 {
            guard let own = change(instrument.id, instrument.currency, from, through),
                let other = change(index, indexCurrency, from, through)
            else { continue }
            pairs.append(Pair(from: from, through: through, own: own, index: other))
        }
        return Array(pairs.suffix(weeks))
    }

    /// Relative change in the one currency; nil without a close or a rate that is not stale.
    private func change(
        _ id: InstrumentID, _ currency: Currency, _ from: CalendarDate, _ through: CalendarDate
    ) -> Double? {
        guard let before = value(id, currency, on: from), let after = value(id, currency, on: through), before > 0
        else {
            return nil
        }
        return after / before - 1
    }

    private func value(_ id: InstrumentID, _ own: Currency, on date: CalendarDate) -> Double? {
        guard let close = history.close(of: id, on: date)?.doubleValue else { return nil }
        if own == indexCurrency { return close }
        let rate = fx.rate(from: own, to: indexCurrency, on: date)
        guard rate.state == .confirmed, let factor = rate.value?.doubleValue else { return nil }
        return close * factor
    }

    /// Least-squares slope of y on x, and its standard error; nil when x does not vary.
    package static func slope(_ points: [(x: Double, y: Double)]) -> (slope: Double, error: Double)? {
        let count = Double(points.count)
        let meanX = points.reduce(0) { $0 + $1.x } / count
        let meanY = points.reduce(0) { $0 + $1.y } / count
        var (xx, xy) = (0.0, 0.0)
        for point in points {
            xx += (point.x - meanX) * (point.x - meanX)
            xy += (point.x - meanX) * (point.y - meanY)
        }
        guard xx > 0, points.count > 2 else { return nil }
        let slope = xy / xx
        let rest = points.reduce(0) { sum, point in
            let residual = point.y - meanY - slope * (point.x - meanX)
            return sum + residual * residual
        }
        return (slope, (rest / (count - 2) / xx).squareRoot())
    }
}

extension Int {
    /// Quotient rounded down, also below zero.
    fileprivate func quotientDown(by divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
