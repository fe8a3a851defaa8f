/// Why a quote has no implied volatility.
package enum ImpliedVolatilityError: String, Error, Sendable, Equatable, CaseIterable {
    /// The price is below what exercise is worth.
    case belowIntrinsic
    /// The price is not below what the option can ever be worth.
    case aboveUpperBound
    /// Nobody bids: half an ask is a mark, not evidence of a volatility.
    case noBid
    case crossed
    case expired
    /// The price does not say: it moves by less than 1e-5 of the underlying's price per 1.00 of volatility, so that the
    /// last digits of the price decide, or it is what exercise is worth, as it is at any small volatility; or an input
    /// is not that of an option, or lies beyond what the solvers of early exercise and dividends reach.
    case notDetermined
}
