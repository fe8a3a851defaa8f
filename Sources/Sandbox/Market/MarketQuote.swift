/// What the market shows of one instrument at one moment.
package struct MarketQuote: Sendable, Equatable {
    /// Nil for an index, which has no book.
    package var bid: SandboxAmount?
    package var ask: SandboxAmount?
    package var bidSize: Int
    package var askSize: Int
    /// Nil when it has not traded.
    package var last: SandboxAmount?
    package var dayOpen: SandboxAmount?
    package var dayHigh: SandboxAmount?
    package var dayLow: SandboxAmount?
    /// The previous session's close or settlement.
    package var previousClose: SandboxAmount
    package var volume: Int
    package var openInterest: Int
    /// A future's, stock's or index's last held inside its book; an option's mid.
    package var mark: SandboxAmount
}

/// Unit Greeks in the feed's units: delta and gamma per 1.00 of underlying, theta per calendar day, vega per volatility
/// point, rho per rate point; volatility as a fraction, 0.2 for 20 %.
package struct MarketGreeks: Sendable, Equatable {
    package var price: Double
    package var volatility: Double
    package var delta: Double
    package var gamma: Double
    package var theta: Double
    package var vega: Double
    package var rho: Double
}

/// A defect laid over an instrument's quote on request.
package enum QuoteFault: String, Sendable {
    /// Bid above ask.
    case crossed
    /// Both sides 0.
    case zero
    /// Both sides at twice their price, while nothing trades there.
    case spike
    /// Greeks that are not numbers.
    case notANumber = "nan"
}
