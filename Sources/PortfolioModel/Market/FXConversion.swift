/// The way from one currency to another, looked up once.
package struct FXConversion: Sendable {
    enum Way: Sendable {
        case same
        case times(FixedDecimal)
        /// By the stated rate rather than times its rounded inverse, which loses cents of large amounts.
        case dividedBy(FixedDecimal)
        /// Several stated rates: times the first product, divided by the second, rounded once.
        case chain(times: [FixedDecimal], dividedBy: [FixedDecimal])
        case none
    }

    let way: Way
    /// Units of the other currency for one; unknown when nobody states it.
    package let rate: Figure<FixedDecimal>
    /// Currencies on the way between the two; empty for a direct rate.
    package let via: [Currency]
    /// The rates it is made of, in order; empty from a currency to itself.
    package let legs: [FXRate]

    /// A conversion by at most one stated rate, as numbers alone.
    package enum Single: Sendable, Equatable {
        case same
        case times(FixedDecimal)
        case dividedBy(FixedDecimal)
    }

    /// nil for a conversion by several rates, or by none.
    package var single: Single? {
        switch way {
        case .same: .same
        case .times(let rate): .times(rate)
        case .dividedBy(let rate): .dividedBy(rate)
        case .chain, .none: nil
        }
    }

    /// nil without a rate, or when the amount leaves the range.
    package func apply(_ amount: FixedDecimal) -> FixedDecimal? {
        switch way {
        case .same: amount
        case .times(let rate): try? amount.multiplied(by: rate)
        case .dividedBy(let rate): try? amount.divided(by: rate)
        case .chain(let times, let dividedBy): Self.apply(amount, times, dividedBy)
        case .none: nil
        }
    }

    /// Rounded once, half to even, while the products fit 128 bits; beyond that once a step.
    private static func apply(
        _ amount: FixedDecimal, _ times: [FixedDecimal], _ dividedBy: [FixedDecimal]
    ) -> FixedDecimal? {
        var (top, bottom) = (amount.raw, Int128(1))
        var fits = true
        func multiply(_ value: inout Int128, by factor: Int128) {
            let (product, overflow) = value.multipliedReportingOverflow(by: factor)
            (value, fits) = (product, fits && !overflow)
        }
        for rate in times { multiply(&top, by: rate.raw) }
        for rate in dividedBy { multiply(&bottom, by: rate.raw) }
        // Each rate carries 10^8: what does not cancel is made up for.
        for _ in times.count..<max(times.count, dividedBy.count) { multiply(&top, by: FixedDecimal.unitsPerOne) }
        for _ in dividedBy.count..<max(times.count, dividedBy.count) { multiply(&bottom, by: FixedDecimal.unitsPerOne) }
        // Twice the rest is looked at when rounding.
        if fits, bottom <= Int128.max / 2 { return try? FixedDecimal(raw: Rounding.halfEven.quotient(top, bottom)) }
        var value: FixedDecimal? = amount
        for rate in times { value = value.flatMap { try? $0.multiplied(by: rate) } }
        for rate in dividedBy { value = value.flatMap { try? $0.divided(by: rate) } }
        return value
    }
}
