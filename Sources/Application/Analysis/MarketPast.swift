import PortfolioModel
import PortfolioStore
import Risk

/// What the store knows of the past: daily closes and exchange rates.
struct MarketPast: Sendable {
    let prices: PriceHistory
    let rates: FXHistory
    let through: CalendarDate

    init(prices: PriceHistory, rates: FXHistory, through: CalendarDate) {
        (self.prices, self.rates, self.through) = (prices, rates, through)
    }

    /// From one date through another; prices of some instruments alone where they are given.
    init(
        _ store: PortfolioStore, from first: CalendarDate, through last: CalendarDate,
        _ configuration: ServiceConfiguration, of ids: Set<InstrumentID>? = nil
    ) throws {
        prices = try store.priceHistory(of: ids, from: first, through: last)
        rates = FXHistory(
            try store.rates(from: first, through: last), base: configuration.base, rules: configuration.fx.rules)
        through = last
    }
}

extension AnalysisScope {
    /// The past of everything that a book moves with, and of the indices.
    func history(of book: RevaluationBook) -> FactorHistory {
        var factors = book.factors
        for symbol in [weighting.index, "VIX"] {
            if let id = instrument(symbol), !factors.contains(.price(id)) { factors.append(.price(id)) }
        }
        return FactorHistory(of: factors, prices: past.prices, rates: past.rates, base: base)
    }
}

extension AnalysisQuery {
    /// Days of the past that answer it: those of betas and returns, twice as long as they need without holidays; for a
    /// historic window all there are.
    func daysOfPast(_ betas: BetaSettings) -> Int? {
        if grid?.window != nil { return nil }
        let returns = (valueAtRisk?.window ?? 500) + (valueAtRisk?.horizonDays ?? 1)
        return 2 * max(7 * betas.weeks, returns)
    }
}
