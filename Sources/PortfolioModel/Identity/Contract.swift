/// What one option or future is, in figures that differ from one another: nothing assumes 100.
///
/// A field a source did not state is nil. Nil joins with any stated value; two different stated values never join.
package struct Contract: Hashable, Sendable, Codable {
    /// The master's symbol of the underlying: `SPY`, `SPX`, `/ESZ6` for an option on that future, `/ES` for a future.
    package var underlying: String
    /// OCC option root (`SPXW`, `ABC1`), product code of a future (`/ES`), or option product code (`EW3`).
    package var root: String
    package var expiry: CalendarDate
    /// Options only, in the underlying's price unit.
    package var strike: FixedDecimal?
    package var right: OptionRight?
    package var exerciseStyle: ExerciseStyle?
    package var settlement: Settlement?
    /// Currency per 1.00 of quoted price per unit of quantity.
    package var premiumMultiplier: FixedDecimal
    /// What one contract delivers on exercise; empty for cash settlement and futures.
    package var deliverables: [Deliverable]?
    /// Quantity units in one lot as quantities are stated: 1 in the US, 75 for NFO NIFTY.
    package var lotSize: FixedDecimal

    package init(
        underlying: String, root: String, expiry: CalendarDate, strike: FixedDecimal? = nil,
        right: OptionRight? = nil, exerciseStyle: ExerciseStyle? = nil, settlement: Settlement? = nil,
        premiumMultiplier: FixedDecimal, deliverables: [Deliverable]? = nil, lotSize: FixedDecimal = .one
    ) {
        self.underlying = underlying
        self.root = root
        self.expiry = expiry
        self.strike = strike
        self.right = right
        self.exerciseStyle = exerciseStyle
        self.settlement = settlement
        self.premiumMultiplier = premiumMultiplier
        self.deliverables = deliverables
        self.lotSize = lotSize
    }

    /// Whether two descriptions can be of one contract: every term stated by both is equal.
    package func agrees(with other: Contract) -> Bool {
        func same<T: Equatable>(_ left: T?, _ right: T?) -> Bool { left == nil || right == nil || left == right }
        return underlying == other.underlying && expiry == other.expiry && strike == other.strike
            && right == other.right && premiumMultiplier == other.premiumMultiplier && lotSize == other.lotSize
            && same(exerciseStyle, other.exerciseStyle) && same(settlement, other.settlement)
            && same(deliverables, other.deliverables)
    }

    /// This contract with the terms only the other one states.
    package func completed(by other: Contract) -> Contract {
        var result = self
        result.exerciseStyle = exerciseStyle ?? other.exerciseStyle
        result.settlement = settlement ?? other.settlement
        result.deliverables = deliverables ?? other.deliverables
        return result
    }
}

/// One thing a contract delivers: units of an instrument, or an amount of cash in lieu.
package struct Deliverable: Hashable, Sendable, Codable {
    /// The master's symbol, or an ISO currency code for cash in lieu.
    package var symbol: String
    package var amount: FixedDecimal
    package var isCash: Bool

    package init(symbol: String, amount: FixedDecimal, isCash: Bool = false) {
        self.symbol = symbol
        self.amount = amount
        self.isCash = isCash
    }
}
