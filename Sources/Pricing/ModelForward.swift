/// A forward price that the market states, for a model that would otherwise assume a yield.
package enum ModelForward: Sendable, Hashable {
    /// The price of a future of the same expiry date, in the option's index points, and the future's symbol.
    case future(symbol: String, price: Double)
    /// What the option's own strip implies.
    case parity(ParityForward.Estimate)

    /// In the underlying's price units.
    package var price: Double {
        switch self {
        case .future(_, let price): price
        case .parity(let estimate): estimate.forward
        }
    }

    /// The yield at which a spot has this forward, as a continuously compounded fraction per year, so that
    /// Black-Scholes-Merton from the spot gives Black-76's price on the forward and its Greeks by the spot: delta times
    /// forward / spot, gamma times its square.
    package func yield(spot: Double, years: Double, rate: Double) -> Double {
        rate - logarithm(price / spot) / years
    }
}
