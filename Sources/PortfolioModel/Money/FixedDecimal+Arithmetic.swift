extension FixedDecimal {
    @inlinable @inline(__always)
    package static func + (left: FixedDecimal, right: FixedDecimal) throws(DecimalError) -> FixedDecimal {
        try FixedDecimal(raw: left.raw + right.raw)
    }

    @inlinable @inline(__always)
    package static func - (left: FixedDecimal, right: FixedDecimal) throws(DecimalError) -> FixedDecimal {
        try FixedDecimal(raw: left.raw - right.raw)
    }

    /// So many of it, exactly.
    @inlinable @inline(__always)
    package func multiplied(byWhole count: Int64) throws(DecimalError) -> FixedDecimal {
        if let small = Int64(exactly: raw) { return try FixedDecimal(raw: Int128(small) &* Int128(count)) }
        let (product, overflow) = raw.multipliedReportingOverflow(by: Int128(count))
        if overflow { throw .overflow }
        return try FixedDecimal(raw: product)
    }

    /// Product, rounded once at the eighth place, half to even.
    @inlinable @inline(__always)
    package func multiplied(by other: FixedDecimal) throws(DecimalError) -> FixedDecimal {
        if let left = Int64(exactly: raw), let right = Int64(exactly: other.raw),
            let quotient = EighthPlace.quotient(left, right)
        {
            return FixedDecimal(raw64: quotient)
        }
        return try multipliedAtLength(by: other)
    }

    @usableFromInline @inline(never)
    func multipliedAtLength(by other: FixedDecimal) throws(DecimalError) -> FixedDecimal {
        let (product, overflow) = raw.multipliedReportingOverflow(by: other.raw)
        if !overflow, let quotient = EighthPlace.quotient(product) { return FixedDecimal(unchecked: quotient) }
        return try multiplied(by: other, rounding: .halfEven)
    }

    /// Product, rounded once at the eighth place.
    package func multiplied(by other: FixedDecimal, rounding: Rounding) throws(DecimalError) -> FixedDecimal {
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
