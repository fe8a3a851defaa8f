/// Implied volatilities of a batch, one row an option in the batch's order.
package struct ImpliedVolatilityColumns: Sendable {
    /// As a fraction; NaN where there is none.
    package internal(set) var volatility: [Double] = []
    /// Why there is none.
    package internal(set) var failure: [ImpliedVolatilityError?] = []

    /// Storage is kept from one batch to the next: pass the same value again.
    package init() {}
}
