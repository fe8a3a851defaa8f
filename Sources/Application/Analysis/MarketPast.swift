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

    init(_ store: PortfolioStore, through date: CalendarDate, _ configuration: ServiceConfiguration) throws {
        let beginning = CalendarDate(dayNumber: 0)
        prices = try store.priceHistory(from: beginning, through: date)
        rates = FXHistory(
            try store.rates(from: beginning, through: date), base: configuration.base, rules: configuration.fx.rules)
        through = date
    }
}

extension AnalysisScope {
    /// The past of everything that the scope moves with, and of the indices.
    var factorHistory: FactorHistory {
        var factors = RevaluationBook(view).factors
        for symbol in [weighting.index, "VIX"] {
            if let id = instrument(symbol), !factors.contains(.price(id)) { factors.append(.price(id)) }
        }
        return FactorHistory(of: factors, prices: past.prices, rates: past.rates, base: base)
    }
}
