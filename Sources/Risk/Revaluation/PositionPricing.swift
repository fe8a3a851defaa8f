import PortfolioModel
package import Pricing

/// How an option position is priced anew: the model, and the volatility at which it gives the mark.
package struct PositionPricing: Sendable, Hashable {
    /// At the present price of what the contract delivers.
    package var model: OptionModel
    /// A fraction; implied by the mark where the mark determines one, else the volatility the Greeks were made from.
    package var volatility: Double
    /// What one unit of quoted price is written on, as a line in the underlying's price: `slope x price + cash`.
    package var slope: Double
    package var cash: Double

    package init(model: OptionModel, volatility: Double, slope: Double, cash: Double) {
        self.model = model
        self.volatility = volatility
        self.slope = slope
        self.cash = cash
    }

    /// nil where terms, price or volatility do not suffice.
    init?(_ sight: Sight, _ settings: RiskSettings, now: Timestamp) {
        guard let terms = sight.terms, let price = sight.price.value,
            let model = try? terms.model(at: price, settings, now: now)
        else { return nil }
        var volatility = sight.greeks.volatility.value
        if let mark = sight.mark.value.value?.doubleValue, sight.mark.rule != .model,
            let implied = try? ImpliedVolatility.solve(price: mark, model: model)
        {
            volatility = implied
        }
        guard let volatility, volatility > 0 else { return nil }
        let multiplier = terms.multiplier.doubleValue
        self.init(
            model: model, volatility: volatility, slope: terms.units.doubleValue / multiplier,
            cash: terms.cashInLieu.doubleValue / multiplier)
    }
}
