package import PortfolioModel

/// Everything that a model's price and Greeks were made from, so that a figure can be checked later by hand.
package struct ModelInputs: Sendable, Hashable {
    package var formula: OptionModel.Formula
    package var exercise: ExerciseStyle
    package var right: OptionRight
    /// Spot, or the forward for Black-76 of a future.
    package var underlyingPrice: Double
    /// The forward that the yield was made from; nil where the yield is assumed.
    package var forward: ModelForward?
    package var strike: Double
    package var years: Double
    /// Continuously compounded fractions per year.
    package var rate: Double
    package var yield: Double
    package var dividends: [CashDividend]
    /// As a fraction; in price units per root of a year for Bachelier.
    package var volatility: Double

    package init(_ model: OptionModel, volatility: Double, forward: ModelForward? = nil) {
        formula = model.formula
        exercise = model.exercise
        right = model.right
        underlyingPrice = model.underlyingPrice
        strike = model.strike
        years = model.years
        rate = model.rate
        yield = model.yield
        dividends = model.dividends
        self.volatility = volatility
        self.forward = forward
    }
}

/// A model's price and Greeks beside the inputs that they were made from.
package struct ModelValuation: Sendable, Hashable {
    package var valuation: OptionValuation
    package var inputs: ModelInputs
}

extension OptionModel {
    /// `valuation(volatility:)` with its inputs recorded.
    package func recordedValuation(volatility: Double) -> ModelValuation {
        ModelValuation(
            valuation: valuation(volatility: volatility), inputs: ModelInputs(self, volatility: volatility))
    }
}
