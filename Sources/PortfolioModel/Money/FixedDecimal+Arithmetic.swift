extension FixedDecimal {
    package static func + (left: FixedDecimal, right: FixedDecimal) throws(DecimalError) -> FixedDecimal {
        try FixedDecimal(raw: left.raw + right.raw)
    }

    package static func - (left: FixedDecimal, right: FixedDecimal) throws(DecimalError) -> FixedDecimal {
        try FixedDecimal(raw: left.raw - right.raw)
    }

    /// Product, rounded once at the eighth place.
    package func multiplied(
        by other: FixedDecimal, rounding: Rounding = .halfEven
    ) throws(DecimalError) -> FixedDecimal {
        // A result inside the range comes from a product below 10^37, so a product beyond 128 bits is beyond the range.
        let (product, overflow) = raw.multipliedReportingOverflow(by: other.raw)
        if overflow { throw .overflow }
        return try FixedDecimal(raw: rounding.quotient(product, Self.unitsPerOne))
    }

    /// Quotient, rounded once at the eighth place.
    package func divided(
        by other: FixedDecimal, rounding: Rounding = .halfEven
    ) throws(DecimalError) -> FixedDecimal {
        if other.raw == 0 { throw .divisionByZero }
        let (scaled, overflow) = raw.multipliedReportingOverflow(by: Self.unitsPerOne)
        if overflow { throw .overflow }
        let sign: Int128 = other.raw < 0 ? -1 : 1
        return try FixedDecimal(raw: rounding.quotient(scaled * sign, other.raw * sign))
    }

    /// Rounded to `places` after the point, 0 to 8.
    package func rounded(toPlaces places: Int, _ rounding: Rounding) throws(DecimalError) -> FixedDecimal {
        guard places < Self.scale else { return self }
        var step: Int128 = 1
        for _ in places..<Self.scale { step *= 10 }
        return try FixedDecimal(raw: rounding.quotient(raw, step) * step)
    }

    package static func sum(_ values: some Sequence<FixedDecimal>) throws(DecimalError) -> FixedDecimal {
        var total = FixedDecimal.zero
        for value in values { total = try total + value }
        return total
    }
}
