package import PortfolioModel

/// Value at risk and expected shortfall of a book by three methods side by side, each with what it was made from
/// (domain.md, VaR, CVaR). Positive for a loss, in base currency. Positions are held constant and no time passes, so
/// that this is hypothetical P&L of the book as it stands; currencies are factors.
package struct ValueAtRisk: Sendable {
    package struct Settings: Sendable, Hashable {
        /// Between 0 and 1.
        package var confidence: Double
        /// Of Monte Carlo.
        package var paths: Int
        package var seed: UInt64

        package init(confidence: Double = 0.99, paths: Int = 10_000, seed: UInt64 = 1) {
            (self.confidence, self.paths, self.seed) = (confidence, max(1, paths), seed)
        }
    }

    /// Sample covariance, mean 0: z sigma, and sigma density(z) / (1 - c). Options by their delta alone.
    package struct DeltaNormal: Sendable, Hashable {
        package var valueAtRisk: Double
        package var expectedShortfall: Double
        /// Of the profit over the horizon.
        package var standardDeviation: Double
        package var quantile: Double
        /// Delta exposure by factor in base currency; of a currency, market value and cash in it.
        package var exposures: [RiskFactor: Double]
    }

    /// Each historical return applied to today's book, options revalued.
    package struct Historical: Sendable, Hashable {
        package var tail: LossTail
        /// By date of the return's end, as `dates`.
        package var profits: [Double]
    }

    /// Joint normal returns of the same covariance, options revalued.
    package struct MonteCarlo: Sendable, Hashable {
        package var tail: LossTail
        package var seed: UInt64
        /// Whether the covariance was factorised; else its semidefinite root was used (see `CorrelatedReturns`).
        package var isCholesky: Bool
        package var paths: Int { tail.count }
    }

    package let base: Currency
    package let at: Timestamp
    package let settings: Settings
    package let horizonDays: Int
    /// Ends of the returns used, ascending.
    package let dates: [CalendarDate]
    package let minimumReturns: Int
    /// The factor with the least history.
    package let shortest: RiskFactor?
    package let factorCount: Int
    package let coverage: RiskCoverage
    /// Why there are no figures; nil when there are.
    package let unknown: String?
    package let deltaNormal: DeltaNormal?
    package let historical: Historical?
    package let monteCarlo: MonteCarlo?

    /// `returns` must be of the book's factors; others in it have no effect.
    package init(_ book: RevaluationBook, _ returns: FactorReturns, settings: Settings = Settings()) {
        let factors = FactorBook(book, returns)
        (base, at, self.settings) = (book.base, book.at, settings)
        horizonDays = returns.settings.horizonDays
        dates = returns.dates
        minimumReturns = returns.settings.minimum
        (shortest, factorCount, coverage) = (returns.shortest, returns.factors.count, factors.coverage)
        unknown = Self.obstacle(book, returns, factors.coverage, settings)
        guard unknown == nil else {
            (deltaNormal, historical, monteCarlo) = (nil, nil, nil)
            return
        }
        deltaNormal = Self.deltaNormal(Self.exposures(book, factors, returns), returns, settings)
        let profits = factors.profits(returns.values, count: returns.count)
        historical = LossTail(profits: profits, confidence: settings.confidence).map {
            Historical(tail: $0, profits: profits)
        }
        monteCarlo = Self.monteCarlo(factors, returns, settings)
    }

    /// With returns made from a history.
    package init(
        _ book: RevaluationBook, _ history: FactorHistory, returns: FactorReturns.Settings = .init(),
        settings: Settings = Settings()
    ) {
        self.init(book, FactorReturns(book.factors, from: history, settings: returns), settings: settings)
    }

    private static func obstacle(
        _ book: RevaluationBook, _ returns: FactorReturns, _ coverage: RiskCoverage, _ settings: Settings
    ) -> String? {
        if !(settings.confidence > 0 && settings.confidence < 1) { return "confidence must be between 0 and 1" }
        if coverage.parts == 0, !coverage.uncovered.isEmpty {
            let days = returns.leftOut.map(\.days).max() ?? 0
            return "no part has enough history: \(days) days at most, "
                + "\(returns.settings.minimum + returns.settings.horizonDays) needed"
        }
        if coverage.parts == 0 { return "nothing moves with a market" }
        let least = returns.settings.minimum
        return returns.count < least ? "\(returns.count) returns in the window, \(least) needed" : nil
    }

    /// Of the legs and the cash that have a part.
    private static func exposures(
        _ book: RevaluationBook, _ factors: FactorBook, _ returns: FactorReturns
    ) -> [RiskFactor: Double] {
        var exposures: [RiskFactor: Double] = [:]
        for leg in factors.legs {
            if let factor = leg.factor { exposures[.price(factor), default: 0] += leg.deltaExposure }
            if leg.currency != book.base { exposures[.currency(leg.currency), default: 0] += leg.marketValue * leg.fx }
        }
        for part in book.cash
        where part.currency != book.base && returns.place(of: .currency(part.currency)) != nil {
            exposures[.currency(part.currency), default: 0] += part.amount * part.fx
        }
        return exposures
    }

    private static func deltaNormal(
        _ exposures: [RiskFactor: Double], _ returns: FactorReturns, _ settings: Settings
    ) -> DeltaNormal? {
        guard let tail = NormalTail(confidence: settings.confidence) else { return nil }
        let held = exposures.sorted { $0.key < $1.key }.compactMap { factor, exposure in
            returns.place(of: factor).map { (place: $0, exposure: exposure) }
        }
        // The variance of the weighted sum is the weights' quadratic form in the sample covariance.
        var profits = [Double](repeating: 0, count: returns.count)
        LinearStep.add(
            held.map(\.exposure), rows: held.map(\.place), of: returns.values, count: returns.count, to: &profits)
        let mean = profits.reduce(0, +) / Double(profits.count)
        let squares = profits.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / Double(profits.count - 1)).squareRoot()
        guard deviation.isFinite else { return nil }
        return DeltaNormal(
            valueAtRisk: tail.quantile * deviation, expectedShortfall: tail.expectedShortfall * deviation,
            standardDeviation: deviation, quantile: tail.quantile, exposures: exposures)
    }

    private static func monteCarlo(
        _ factors: FactorBook, _ returns: FactorReturns, _ settings: Settings
    ) -> MonteCarlo? {
        let correlated = CorrelatedReturns(returns.values, factors: returns.factors.count, days: returns.count)
        var random = NormalSource(seed: settings.seed)
        var profits: [Double] = []
        profits.reserveCapacity(settings.paths)
        while profits.count < settings.paths {
            let count = min(256, settings.paths - profits.count)
            profits += factors.profits(correlated.draws(count, using: &random), count: count)
        }
        return LossTail(profits: profits, confidence: settings.confidence).map {
            MonteCarlo(tail: $0, seed: settings.seed, isCholesky: correlated.root == .cholesky)
        }
    }
}
