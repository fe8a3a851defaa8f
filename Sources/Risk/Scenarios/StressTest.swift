package import PortfolioModel

/// What a book would have made of a stretch of market history, positions held constant and options revalued.
///
/// Each leg moves as its own price did. Where its history begins or ends inside the window, it moves on the days there
/// are and the leg is named as partial. Where there is none, it moves by beta x the index, along the index' own history
/// or, without that, along a straight line to the window's stated move; it is named. Without a beta or a move it is
/// uncovered. Volatilities of all options move together by the window's change of the volatility index, along its own
/// history or a straight line; between the present volatility and the last one prices are interpolated. No time
/// passes: the window's moves happen to today's book. Currencies without history over the window keep their rate.
package struct StressTest: Sendable {
    package enum Extent: String, Sendable {
        /// Every leg that has a part moves by its own history over the whole window, or by beta.
        case whole
        /// Some leg has only days of it.
        case partial
        /// No leg has a part.
        case none
    }

    /// A leg that has only a part of the window's history.
    package struct Part: Sendable, Hashable {
        package let name: String
        package let first: CalendarDate
        package let last: CalendarDate
        /// Closes inside the window.
        package let days: Int
    }

    /// The largest fall of the P&L from a peak to a later low, at closes.
    package struct Drawdown: Sendable, Hashable {
        /// Not negative, base currency.
        package let amount: Double
        package let peak: CalendarDate
        package let low: CalendarDate
    }

    /// What else is known of the markets.
    package struct Settings: Sendable {
        /// By group symbol.
        package var betas: [String: Double]
        /// Rows of the indices in the history, where they are there.
        package var index: InstrumentID?
        package var volatilityIndex: InstrumentID?
        /// Whether options' volatilities move with the window's.
        package var movesVolatility: Bool

        package init(
            betas: [String: Double] = [:], index: InstrumentID? = nil, volatilityIndex: InstrumentID? = nil,
            movesVolatility: Bool = true
        ) {
            self.betas = betas
            self.index = index
            self.volatilityIndex = volatilityIndex
            self.movesVolatility = movesVolatility
        }
    }

    package let window: StressWindow
    package let base: Currency
    package let extent: Extent
    /// From the first close to the last; nil when no leg has a part.
    package let profit: Double?
    package let groups: [String: Double]
    package let drawdown: Drawdown?
    /// The dates of `path`, from the first day on.
    package let dates: [CalendarDate]
    /// P&L since the first day.
    package let path: [Double]
    package let partial: [Part]
    /// Legs that move by beta.
    package let byBeta: [String]
    /// Currencies whose rate is held.
    package let heldRates: [Currency]
    /// Points that every option's volatility has moved by at the end; 0 where the window states none.
    package let volatilityPoints: Double
    package let coverage: RiskCoverage

    package init(
        _ book: RevaluationBook, _ window: StressWindow, _ history: FactorHistory, settings: Settings = Settings()
    ) {
        let paths = StressPaths(book, window, history, settings)
        let points = paths.volatilityPoints
        let factors = FactorBook(book, price: paths.placement, currency: paths.placement)
        (self.window, base, dates, coverage) = (window, book.base, paths.dates, factors.coverage)
        (volatilityPoints, heldRates) = (points, paths.heldRates)
        partial = factors.legs.compactMap { paths.part(of: $0) }
        byBeta = factors.legs.filter { paths.isByBeta($0) }.map(\.name)
        guard factors.coverage.parts > 0 else {
            (extent, profit, groups, drawdown, path) = (.none, nil, [:], nil, [])
            return
        }
        extent = partial.isEmpty ? .whole : .partial
        path = Self.path(book, factors, paths)
        profit = path.last
        drawdown = Self.drawdown(path, paths.dates)
        groups = Self.groups(factors.legs, paths)
    }

    private static func path(_ book: RevaluationBook, _ calm: FactorBook, _ paths: StressPaths) -> [Double] {
        let count = paths.dates.count
        let unmoved = calm.profits(paths.values, count: count)
        guard paths.volatilityPoints != 0 else { return unmoved }
        let excited = FactorBook(
            book, volatilityPoints: paths.volatilityPoints, price: paths.placement, currency: paths.placement)
        let moved = excited.profits(paths.values, count: count)
        return (0..<count).map { unmoved[$0] + paths.volatilityShare[$0] * (moved[$0] - unmoved[$0]) }
    }

    private static func groups(_ legs: [RevaluationLeg], _ paths: StressPaths) -> [String: Double] {
        var groups: [String: Double] = [:]
        for leg in legs {
            let shift = MarketShift(price: paths.lastMove(of: leg), volatilityPoints: paths.volatilityPoints)
            groups[leg.group, default: 0] += leg.baseProfit(shift, fxChange: paths.lastMove(of: leg.currency))
        }
        return groups
    }

    private static func drawdown(_ path: [Double], _ dates: [CalendarDate]) -> Drawdown? {
        guard let first = dates.first else { return nil }
        var peak = (amount: path[0], date: first)
        var worst = Drawdown(amount: 0, peak: first, low: first)
        for (amount, date) in zip(path, dates) {
            if amount > peak.amount { peak = (amount, date) }
            if peak.amount - amount > worst.amount {
                worst = Drawdown(amount: peak.amount - amount, peak: peak.date, low: date)
            }
        }
        return worst
    }
}
