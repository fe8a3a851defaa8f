extension ByteCursor {
    /// A decimal as a count of 1e-8, nil for "no number".
    mutating func decimal(_ bytes: Span<UInt8>) throws(FeedRefusal) -> Int64? {
        var text = 0..<0
        return try number(bytes, text: &text)?.fixed()
    }

    /// The nearest double, nil for "no number".
    mutating func double(_ bytes: Span<UInt8>) throws(FeedRefusal) -> Double? {
        var text = 0..<0
        guard let number = try number(bytes, text: &text) else { return nil }
        if let value = number.double() { return value }
        return try slowDouble(bytes, text)
    }

    /// A whole number, nil for "no number".
    mutating func whole(_ bytes: Span<UInt8>) throws(FeedRefusal) -> Int64? {
        var text = 0..<0
        return try number(bytes, text: &text)?.whole()
    }

    /// The few numbers that `ExactDouble` leaves open.
    private func slowDouble(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(FeedRefusal) -> Double {
        let text = String(decoding: range.map { bytes[$0] }, as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw FeedRefusal() }
        return value
    }

    /// A number by RFC 8259; nil for null and for the words that mean "no number". `text` receives where it stood.
    mutating func number(_ bytes: Span<UInt8>, text: inout Range<Int>) throws(FeedRefusal) -> WireNumber? {
        let start = index
        let isNegative = take(UInt8(ascii: "-"), bytes)
        let first = index
        var mantissa: UInt64 = 0
        digits(bytes, into: &mantissa)
        var count = index &- first
        guard count > 0 else { return try noNumber(bytes) }
        if count > 1, bytes[first] == UInt8(ascii: "0") { throw FeedRefusal() }
        var exponent = 0
        if take(UInt8(ascii: "."), bytes) {
            let point = index
            digits(bytes, into: &mantissa)
            let places = index &- point
            if places == 0 { throw FeedRefusal() }
            exponent = -places
            count &+= places
        }
        // Beyond 19 digits the mantissa may have wrapped; leading zeros do not count.
        let isExact = count <= 19 || significantDigits(bytes, from: first) <= 19
        if bytes[index] | 0x20 == UInt8(ascii: "e") { exponent &+= try power(bytes) }
        text = start..<index
        return WireNumber(mantissa: mantissa, exponent: exponent, isNegative: isNegative, isExact: isExact)
    }

    mutating func digits(_ bytes: Span<UInt8>, into mantissa: inout UInt64) {
        while true {
            let digit = bytes[index] &- 0x30
            if digit > 9 { return }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            index &+= 1
        }
    }

    /// After no digits: null, or one of the quoted words.
    private mutating func noNumber(_ bytes: Span<UInt8>) throws(FeedRefusal) -> WireNumber? {
        if index > 0, bytes[index - 1] == UInt8(ascii: "-") { throw FeedRefusal() }
        if bytes[index] == UInt8(ascii: "n") {
            try expect(Self.nullWord, bytes)
            return nil
        }
        try expect(UInt8(ascii: "\""), bytes)
        if bytes[index] == UInt8(ascii: "N") {
            try expect(Self.notANumber, bytes)
        } else {
            _ = take(UInt8(ascii: "-"), bytes)
            try expect(Self.infinity, bytes)
        }
        return nil
    }

    private func significantDigits(_ bytes: Span<UInt8>, from first: Int) -> Int {
        var place = first
        while place < index, bytes[place] == UInt8(ascii: "0") || bytes[place] == UInt8(ascii: ".") { place &+= 1 }
        let hasPoint = (place..<index).contains { bytes[$0] == UInt8(ascii: ".") }
        return index - place - (hasPoint ? 1 : 0)
    }

    private static let notANumber = Array("NaN\"".utf8)
    private static let infinity = Array("Infinity\"".utf8)
}
