package import Pricing

/// One option position as a model sees it, for revaluing it at other prices, volatilities and days.
package struct PositionPricing: Sendable, Hashable {
    /// At the underlying's present price. Its `underlyingPrice` is what exercise delivers per unit of quoted price,
    /// which for an adjusted contract is not the underlying's price: set it by `model(at:)`.
    package let model: OptionModel
    /// As a fraction; at it the model reprices the mark, unless `impliesMark` is false.
    package let volatility: Double
    /// Whether the volatility was found from the mark; else it is the one the position's Greeks were made with.
    package let impliesMark: Bool
    /// Signed quantity x premium multiplier: currency per 1.00 of quoted price.
    package let units: Double
    /// What exercise delivers per unit of quoted price: `slope` x the underlying's price + `offset`.
    package let slope: Double
    package let offset: Double

    package init(
        model: OptionModel, volatility: Double, impliesMark: Bool, units: Double, slope: Double = 1, offset: Double = 0
    ) {
        self.model = model
        self.volatility = volatility
        self.impliesMark = impliesMark
        self.units = units
        self.slope = slope
        self.offset = offset
    }

    /// The option at another price of the underlying.
    package func model(at underlyingPrice: Double) -> OptionModel {
        var other = model
        other.underlyingPrice = slope * underlyingPrice + offset
        return other
    }
}

/// What a `PositionPricing` is made from; cheap to make, so that every view can hold it.
package struct PricingBasis: Sendable {
    var model: OptionModel
    /// Where the model's yield was made from it.
    var forward: ModelForward?
    var mark: Double?
    /// That the position's Greeks were made with.
    var volatility: Double?
    /// Whether that volatility was implied from this very mark.
    var volatilityIsMarks: Bool
    var units: Double
    var slope: Double
    var offset: Double

    /// What the Greeks were made from, if a model made them.
    var inputs: ModelInputs? { volatility.map { ModelInputs(model, volatility: $0, forward: forward) } }

    /// nil when neither the mark nor the Greeks give a volatility.
    var solved: PositionPricing? {
        let implied =
            volatilityIsMarks
            ? volatility : mark.flatMap { try? ImpliedVolatility.solve(price: $0, model: model) }
        guard let found = implied ?? volatility else { return nil }
        return PositionPricing(
            model: model, volatility: found, impliesMark: implied != nil, units: units, slope: slope, offset: offset)
    }
}
