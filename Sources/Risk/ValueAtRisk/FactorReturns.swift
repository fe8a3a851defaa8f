package import PortfolioModel

/// Simple returns of risk factors on the dates that all of them have, the scenarios of value at risk.
///
/// A return runs from one common date to the one `horizonDays` common dates later; for more than one day the returns
/// overlap, and each is the compounded return of its days. A date that one factor lacks (a holiday of one market) is in
/// none, so that returns of different markets stay together and the one after it spans the gap.
package struct FactorReturns: Sendable {
    /// A factor that has no part in it.
    package struct LeftOut: Sendable, Hashable {
        package var factor: RiskFactor
        /// Closes at hand.
        package var days: Int
        package var reason: String
    }

    package struct Settings: Sendable, Hashable {
        /// Trading days of one return.
        package var horizonDays: Int
        /// Fewer returns than these are no basis: the factor, or the whole, is unknown.
        package var minimum: Int
        /// At most so many of the latest returns.
        package var window: Int

        package init(horizonDays: Int = 1, minimum: Int = 60, window: Int = 500) {
            (self.horizonDays, self.minimum, self.window) = (max(1, horizonDays), max(2, minimum), max(2, window))
        }
    }

    package let settings: Settings
    package let factors: [RiskFactor]
    /// The date on which each return ends.
    package let dates: [CalendarDate]
    /// Return of factor f on day t at `f x days + t`: a column of doubles for each factor.
    package let values: [Double]
    package let leftOut: [LeftOut]
    /// The factor whose history is the shortest, and so bounds the window.
    package let shortest: RiskFactor?
    /// Common closes before the window was cut; what there is when `dates` is empty.
    package let commonDays: Int
    private let places: [RiskFactor: Int]

    /// Dates per factor.
    package var count: Int { dates.count }

    package func place(of factor: RiskFactor) -> Int? { places[factor] }

    package func returns(of factor: RiskFactor) -> ArraySlice<Double>? {
        places[factor].map { values[$0 * count..<($0 + 1) * count] }
    }

    /// The returns of the factors asked for; those without history, or with too little, stand in `leftOut`. Without any
    /// factor, or with fewer common returns than the minimum, `dates` is empty.
    package init(_ factors: [RiskFactor], from history: FactorHistory, settings: Settings = Settings()) {
        var alignment = Alignment(settings)
        alignment.align(factors, history)
        let used = alignment.used.sorted { $0.factor < $1.factor }
        let closes = Array(alignment.common.suffix(settings.window + settings.horizonDays))
        let returns = max(0, closes.count - settings.horizonDays)
        var values: [Double] = []
        values.reserveCapacity(used.count * returns)
        for (_, series) in used { Self.append(series, closes, settings.horizonDays, to: &values) }
        self.settings = settings
        self.factors = used.map(\.factor)
        dates = Array(closes.dropFirst(settings.horizonDays))
        self.values = values
        leftOut = alignment.leftOut.sorted { $0.factor < $1.factor }
        shortest = used.min { ($0.series.dates.count, $0.factor) < ($1.series.dates.count, $1.factor) }?.factor
        commonDays = alignment.common.count
        places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1.factor, $0) })
    }

    private static func append(
        _ series: CloseSeries, _ dates: [CalendarDate], _ horizon: Int, to values: inout [Double]
    ) {
        guard let first = dates.first else { return }
        var place = series.firstIndex(notBefore: first)
        let closes = dates.map { date in
            while series.dates[place] < date { place += 1 }
            return series.closes[place]
        }
        for end in stride(from: horizon, to: closes.count, by: 1) {
            values.append(closes[end] / closes[end - horizon] - 1)
        }
    }
}

extension FactorReturns {
    /// Which factors are used, and on which dates.
    private struct Alignment {
        let settings: Settings
        var used: [(factor: RiskFactor, series: CloseSeries)] = []
        var common: [CalendarDate] = []
        var leftOut: [LeftOut] = []

        init(_ settings: Settings) { self.settings = settings }

        /// Takes the factors with the most history first, and leaves out those that would leave too few common dates.
        mutating func align(_ factors: [RiskFactor], _ history: FactorHistory) {
            let least = settings.minimum + settings.horizonDays
            var candidates: [(factor: RiskFactor, series: CloseSeries)] = []
            for factor in Set(factors) {
                let series = history.series(of: factor) ?? CloseSeries([])
                if series.dates.count >= least {
                    candidates.append((factor, series))
                } else {
                    leave(factor, series, "\(max(0, series.dates.count - settings.horizonDays)) returns of history")
                }
            }
            candidates.sort { ($1.series.dates.count, $0.factor) < ($0.series.dates.count, $1.factor) }
            for candidate in candidates {
                let shared = used.isEmpty ? candidate.series.dates : Self.intersection(common, candidate.series.dates)
                if shared.count >= least {
                    common = shared
                    used.append(candidate)
                } else {
                    let returns = max(0, shared.count - settings.horizonDays)
                    leave(candidate.factor, candidate.series, "\(returns) returns in common with the others")
                }
            }
        }

        private mutating func leave(_ factor: RiskFactor, _ series: CloseSeries, _ what: String) {
            let reason = series.dates.isEmpty ? "no price history" : "\(what), \(settings.minimum) needed"
            leftOut.append(LeftOut(factor: factor, days: series.dates.count, reason: reason))
        }

        private static func intersection(_ left: [CalendarDate], _ right: [CalendarDate]) -> [CalendarDate] {
            var result: [CalendarDate] = []
            result.reserveCapacity(min(left.count, right.count))
            var place = 0
            for date in left {
                while place < right.count, right[place] < date { place += 1 }
                if place < right.count, right[place] == date { result.append(date) }
            }
            return result
        }
    }
}
