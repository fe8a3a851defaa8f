/// Unit Greeks and prices at one increase of a position: kept for ever, never overwritten.
package struct EntryGreeks: Sendable, Hashable {
    package enum Occasion: String, Sendable {
        /// The increase was seen as it happened.
        case fill
        /// The position was there when we first looked.
        case firstSight
    }

    package let position: PositionKey
    /// Number of the opening this belongs to: flat and reopened, or reversed, is a new one. From 1.
    package let opening: Int
    /// Number of the increase within the opening, from 1.
    package let increase: Int
    /// Signed quantity added.
    package var quantity: FixedDecimal
    /// Signed quantity of it not yet closed (first in, first out until the ledger knows the account's method).
    package var remaining: FixedDecimal
    package var occasion: Occasion
    package var at: Timestamp
    /// Seconds from the increase until figures for it arrived; nil while they have not.
    package var delay: Double?
    package var mark: FixedDecimal?
    package var underlyingPrice: FixedDecimal?
    package var volatility: Double?
    package var delta: Double?
    package var gamma: Double?
    package var theta: Double?
    package var vega: Double?
    package var rho: Double?
    /// Units of base currency per unit of the instrument's.
    package var fx: FixedDecimal?
    /// `feed:tastytrade`, or why there is none.
    package var source: String

    package init(
        position: PositionKey, opening: Int, increase: Int, quantity: FixedDecimal, remaining: FixedDecimal,
        occasion: Occasion, at: Timestamp, source: String
    ) {
        self.position = position
        self.opening = opening
        self.increase = increase
        self.quantity = quantity
        self.remaining = remaining
        self.occasion = occasion
        self.at = at
        self.source = source
    }

    /// Whether the Greeks have been filled in.
    package var isComplete: Bool { delay != nil }
}
