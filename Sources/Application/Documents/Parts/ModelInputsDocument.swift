import PortfolioModel
import Pricing

/// What a model's Greeks were made from, so that they can be checked by hand. Rates, yield and volatility are fractions
/// per year, years are of 365 days.
struct ModelInputsDocument: Codable, Sendable, Equatable {
    struct Dividend: Codable, Sendable, Equatable {
        var years: Double
        var amount: Double
    }

    /// A forward that was not assumed.
    struct Forward: Codable, Sendable, Equatable {
        var price: Double
        /// `future /ESZ6`: that future's price. `parity`: from calls and puts of one strike, root and expiry.
        var source: String
        /// Strikes that it is made from; null of a future.
        @ExplicitNull var strikes: Int?
        /// Half the width that their quotes leave open, in price units; null of a future.
        @ExplicitNull var uncertainty: Double?

        init(_ forward: ModelForward) {
            price = forward.price
            switch forward {
            case .future(let symbol, _):
                source = "future \(symbol)"
                (strikes, uncertainty) = (nil, nil)
            case .parity(let estimate):
                source = "parity"
                (strikes, uncertainty) = (estimate.strikes.count, estimate.uncertainty)
            }
        }
    }

    /// `bsm`, `black76`, `bachelier`. `black76` with a forward: the price is Black-76's on that forward, the
    /// Greeks are of the spot, delta times forward / spot; `bsm` from `spot` with `yield` gives the same in one step.
    var model: String
    var exercise: String
    var right: String
    /// Per unit of quoted price: of an adjusted contract what exercise delivers, not the underlying's price.
    var spot: Double
    var strike: Double
    var years: Double
    var rate: Double
    /// With a forward what it implies, else what is assumed.
    var yield: Double
    var volatility: Double
    var dividends: [Dividend]
    @ExplicitNull var forward: Forward?

    init(_ inputs: ModelInputs) {
        model = (inputs.forward == nil ? inputs.formula : .black76).rawValue
        exercise = inputs.exercise.rawValue
        right = inputs.right.rawValue
        (spot, strike, years) = (inputs.underlyingPrice, inputs.strike, inputs.years)
        (rate, yield, volatility) = (inputs.rate, inputs.yield, inputs.volatility)
        dividends = inputs.dividends.map { Dividend(years: $0.years, amount: $0.amount) }
        forward = inputs.forward.map(Forward.init)
    }
}
