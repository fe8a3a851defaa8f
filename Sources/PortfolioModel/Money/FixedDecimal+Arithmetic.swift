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
        let (product, overflow) = raw.multipliedReportingOverflow(by: other.raw)
        if !overflow { return try FixedDecimal(raw: rounding.quotient(product, Self.unitsPerOne)) }
        return try wideProduct(other, rounding)
    }

    /// The rare product beyond 128 bits: whole parts and fractions apart, so that only the last term is rounded.
    private func wideProduct(_ other: FixedDecimal, _ rounding: Rounding) throws(DecimalError) -> FixedDecimal {
        let (whole, fraction) = raw.quotientAndRemainder(dividingBy: Self.unitsPerOne)
        let (first, overflow) = whole.multipliedReportingOverflow(by: other.raw)
        let (second, overflow2) = fraction.multipliedReportingOverflow(by: other.raw)
        if overflow || overflow2 { throw .overflow }
        let (sum, overflow3) = first.addingReportingOverflow(rounding.quotient(second, Self.unitsPerOne))
        if overflow3 { throw .overflow }
        return try FixedDecimal(raw: sum)
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
