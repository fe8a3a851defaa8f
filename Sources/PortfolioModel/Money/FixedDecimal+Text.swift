extension FixedDecimal {
    /// Strict parse of `[+-]digits[.digits][e[+-]digits]`, where the digits on one side of the point may be missing. No
    /// blanks, no grouping, no partial prefixes.
    /// Throws `.malformed`, `.overflow`, and `.tooPrecise` when digits beyond the eighth place are not zero.
    package init(_ text: some StringProtocol) throws(DecimalError) {
        try self.init(parsing: text.utf8, rounding: nil)
    }

    /// As the strict parse, but digits beyond the eighth place are rounded as named.
    package init(_ text: some StringProtocol, rounding: Rounding) throws(DecimalError) {
        try self.init(parsing: text.utf8, rounding: rounding)
    }

    /// The parse over bytes; `rounding` nil means exact.
    package init(parsing bytes: some Collection<UInt8>, rounding: Rounding?) throws(DecimalError) {
        var scanner = DecimalScanner()
        guard scanner.scan(bytes) else { throw .malformed(String(decoding: bytes.prefix(40), as: UTF8.self)) }
        if scanner.overflowed { throw .overflow }
        let shift = Self.scale - scanner.places
        var value = scanner.digits
        if shift >= 0 {
            for _ in 0..<shift {
                let (next, overflow) = value.multipliedReportingOverflow(by: 10)
                if overflow { throw .overflow }
                value = next
            }
        } else {
            var divisor: Int128 = 1
            for _ in 0..<min(-shift, 38) { divisor = divisor > Int128.max / 10 ? divisor : divisor * 10 }
            if rounding == nil, value % divisor != 0 {
                throw .tooPrecise(String(decoding: bytes.prefix(40), as: UTF8.self))
            }
            value = (rounding ?? .halfEven).quotient(value, divisor)
        }
        try self.init(raw: scanner.negative ? -value : value)
    }
}

/// Sign, digits and the number of them after the point, exponent applied; at most 36 significant digits.
private struct DecimalScanner {
    var negative = false
    var digits: Int128 = 0
    var places = 0
    var overflowed = false

    mutating func scan(_ bytes: some Collection<UInt8>) -> Bool {
        var index = bytes.startIndex
        if index < bytes.endIndex, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
            negative = bytes[index] == UInt8(ascii: "-")
            index = bytes.index(after: index)
        }
        var count = 0
        var afterPoint = false
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte >= 0x30 && byte <= 0x39 {
                count += 1
                if digits >= 1_000_000_000_000_000_000_000_000_000_000_000_000 {
                    // Beyond 36 digits: whole digits overflow; places only count as more than nothing.
                    if !afterPoint { overflowed = true }
                    if byte != 0x30 { digits |= 1 }
                } else {
                    digits = digits * 10 + Int128(byte - 0x30)
                    if afterPoint { places += 1 }
                }
            } else if byte == UInt8(ascii: "."), !afterPoint {
                afterPoint = true
            } else {
                break
            }
            index = bytes.index(after: index)
        }
        if count == 0 { return false }
        if index == bytes.endIndex { return true }
        guard bytes[index] == UInt8(ascii: "e") || bytes[index] == UInt8(ascii: "E") else { return false }
        return scanExponent(bytes[bytes.index(after: index)...])
    }

    private mutating func scanExponent(_ bytes: some Collection<UInt8>) -> Bool {
        guard let exponent = Int(String(decoding: bytes.prefix(8), as: UTF8.self)), bytes.count <= 7 else {
            return false
        }
        places -= exponent
        if digits == 0 { places = 0 }
        if places < -40 { overflowed = true }
        // Too small to count the places of, but not nothing.
        if places > 80 { (digits, places) = (1, 80) }
        return true
    }
}

extension FixedDecimal: CustomStringConvertible {
    /// Plain decimal without exponent, trailing zeros dropped: `-12.5`, `0`, `100`.
    package var description: String { text(minimumPlaces: 0) }

    /// As `description`, with at least so many places after the point: money prints with its currency's minor digits.
    package func text(minimumPlaces: Int) -> String {
        var text = ""
        withUTF8Text(minimumPlaces: minimumPlaces) { text = String(decoding: $0, as: UTF8.self) }
        return text
    }

    /// The bytes of the text, for who has a place to put them; they are gone when `body` returns.
    package func withUTF8Text(minimumPlaces: Int = 0, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        // Division of 128 bits is slow, and hardly any figure needs it.
        if let small = UInt64(exactly: raw.magnitude) { return withUTF8Text(of: small, minimumPlaces, body) }
        withUTF8Text(of: raw.magnitude, minimumPlaces, body)
    }

    private func withUTF8Text(
        of magnitude: some FixedWidthInteger & UnsignedInteger, _ minimumPlaces: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        var rest = magnitude
        var places = Self.scale
        while places > max(minimumPlaces, 0), rest % 10 == 0 { (rest, places) = (rest / 10, places - 1) }
        // 39 digits at most (2^128), a point and a sign; written from the end.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 41) { bytes in
            var start = bytes.count
            func put(_ byte: UInt8) {
                start -= 1
                bytes[start] = byte
            }
            var written = 0
            while written <= places || rest > 0 {
                if written == places, places > 0 { put(UInt8(ascii: ".")) }
                put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
                rest /= 10
                written += 1
            }
            if raw < 0 { put(UInt8(ascii: "-")) }
            body(UnsafeBufferPointer(rebasing: bytes[start...]))
        }
    }
}

extension FixedDecimal: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self.init(value) }
}
