import PortfolioModel
import Pricing

/// What a model's Greeks were made from, so that they can be checked by hand. Rates, yield and volatility are fractions
/// per year, years are of 365 days.
struct ModelInputsDocument: Codable, Sendable, Equatable {
    struct Dividend: Codable, Sendable, Equatable {
        var years: Double
        var amount: Double
    }

    /// `bsm`, `black76`, `bachelier`
    var model: String
    var exercise: String
    var right: String
    /// Per unit of quoted price: of an adjusted contract what exercise delivers, not the underlying's price.
    var spot: Double
    var strike: Double
    var years: Double
    var rate: Double
    var yield: Double
    var volatility: Double
    var dividends: [Dividend]

    init(_ inputs: ModelInputs) {
        model = inputs.formula.rawValue
        exercise = inputs.exercise.rawValue
        right = inputs.right.rawValue
        (spot, strike, years) = (inputs.underlyingPrice, inputs.strike, inputs.years)
        (rate, yield, volatility) = (inputs.rate, inputs.yield, inputs.volatility)
        dividends = inputs.dividends.map { Dividend(years: $0.years, amount: $0.amount) }
    }
}
