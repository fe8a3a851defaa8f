/// One column's value in its ordinary form, and where the next byte stands; nil for any other form, which `ByteCursor`
/// reads or refuses.
///
/// Functions of an index, not of a cursor: a place that is kept in memory is stored and loaded at every step.
/// `ByteWord` has the measurement.
struct QuickRead {
    /// The value's bits, in the column's form.
    let bits: Int64
    let end: Int

    @inline(__always)
    init(_ bits: Int64, _ end: Int) { (self.bits, self.end) = (bits, end) }

    /// The eight bytes from a place on; zeros stand for those after the frame's end.
    @inline(__always)
    static func word(_ bytes: Span<UInt8>, _ start: Int) -> ByteWord {
        if start &+ 8 <= bytes.count {
            let bits = bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
            return ByteWord(UInt64(littleEndian: bits))
        }
        return lastWord(bytes, start)
    }

    @inline(never)
    private static func lastWord(_ bytes: Span<UInt8>, _ start: Int) -> ByteWord {
        var bits: UInt64 = 0
        for place in start..<max(start, bytes.count) { bits |= UInt64(bytes[place]) << UInt64(8 * (place - start)) }
        return ByteWord(bits)
    }

    /// The end of a value that is passed over: a whole number of at most 23 digits, a decimal, a short plain string
    /// or a truth value.
    @inline(__always)
    static func skip(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
        let word = word(bytes, start)
        if word[0] == UInt8(ascii: "0"), endsValue(word[1]) { return start &+ 1 }
        if word[0] == UInt8(ascii: "\"") { return skipString(bytes, start, word) }
        let count = word.digitCount
        if count == 8 {
            let rest = Self.word(bytes, start &+ 8)
            let more = rest.digitCount
            if word[0] == UInt8(ascii: "0") { return nil }
            if more < 8 { return endsValue(rest[more]) ? start &+ 8 &+ more : nil }
            let last = Self.word(bytes, start &+ 16)
            let few = last.digitCount
            return few < 8 && endsValue(last[few]) ? start &+ 16 &+ few : nil
        }
        guard count > 0 else { return skipTruth(start, word) }
        guard count == 1 || word[0] != UInt8(ascii: "0") else { return nil }
        if endsValue(word[count]) { return start &+ count }
        guard word[count] == UInt8(ascii: ".") else { return nil }
        let point = start &+ count &+ 1
        let rest = Self.word(bytes, point)
        let places = rest.digitCount
        return places > 0 && places < 8 && endsValue(rest[places]) ? point &+ places : nil
    }

    /// A plain string of at most fifteen bytes.
    @inline(__always)
    private static func skipString(_ bytes: Span<UInt8>, _ start: Int, _ word: ByteWord) -> Int? {
        if word[2] == UInt8(ascii: "\""), word[1] != word[2], ByteCursor.isPlain(word[1]) { return start &+ 3 }
        let text = Self.word(bytes, start &+ 1)
        let length = text.lengthBeforeQuote
        if length < 8 { return text.isPlain(length) ? start &+ 2 &+ length : nil }
        guard text.isPlain(8) else { return nil }
        let rest = Self.word(bytes, start &+ 9)
        let more = rest.lengthBeforeQuote
        return more < 8 && rest.isPlain(more) ? start &+ 10 &+ more : nil
    }

    @inline(__always)
    private static func skipTruth(_ start: Int, _ word: ByteWord) -> Int? {
        if word.prefix(5) == 0x6573_6C61_66, endsValue(word[5]) { return start &+ 5 }
        if word.prefix(4) == 0x6575_7274, endsValue(word[4]) { return start &+ 4 }
        return nil
    }

    /// A whole number of at most fifteen digits.
    @inline(__always)
    static func whole(_ bytes: Span<UInt8>, _ start: Int) -> QuickRead? {
        let word = word(bytes, start)
        let count = word.digitCount
        guard count > 0, count == 1 || word[0] != UInt8(ascii: "0") else { return nil }
        let value = word.number(ofDigits: count)
        if count < 8 { return endsValue(word[count]) ? QuickRead(Int64(value), start &+ count) : nil }
        let rest = Self.word(bytes, start &+ 8)
        let more = rest.digitCount
        guard more < 8, endsValue(rest[more]) else { return nil }
        let whole = value &* ByteWord.powersOfTen[more] &+ rest.number(ofDigits: more)
        return QuickRead(Int64(truncatingIfNeeded: whole), start &+ 8 &+ more)
    }

    /// `"NaN"`, a feed's word for no number.
    @inline(__always)
    static func none(_ bytes: Span<UInt8>, _ start: Int, _ blank: Int64) -> QuickRead? {
        word(bytes, start).prefix(5) == 0x224E_614E_22 ? QuickRead(blank, start &+ 5) : nil
    }

    /// A decimal below ten million with at most seven places, as a count of 1e-8.
    @inline(__always)
    static func decimal(_ bytes: Span<UInt8>, _ start: Int) -> QuickRead? {
        let word = word(bytes, start)
        let count = word.digitCount
        guard count > 0, count < 8, count == 1 || word[0] != UInt8(ascii: "0") else { return nil }
        let whole = word.number(ofDigits: count) &* 100_000_000
        guard word[count] == UInt8(ascii: ".") else {
            return endsValue(word[count]) ? QuickRead(Int64(truncatingIfNeeded: whole), start &+ count) : nil
        }
        let point = start &+ count &+ 1
        let rest = Self.word(bytes, point)
        let places = rest.digitCount
        guard places > 0, places < 8, endsValue(rest[places]) else { return nil }
        let part = rest.number(ofDigits: places) &* ByteWord.powersOfTen[8 &- places]
        return QuickRead(Int64(truncatingIfNeeded: whole &+ part), point &+ places)
    }

    /// A double with one to seven digits before the point and one to seventeen after it, nineteen together at most.
    ///
    /// Each branch knows how far it goes: a place that is computed from what was read keeps the next read waiting.
    @inline(__always)
    static func double(_ bytes: Span<UInt8>, _ start: Int) -> QuickRead? {
        let isNegative = bytes[start] == UInt8(ascii: "-")
        let first = isNegative ? start &+ 1 : start
        let head = word(bytes, first)
        if head.digitCount == 1, head[1] == UInt8(ascii: ".") {
            return double(isNegative, UInt64(head[0] &- 0x30), digits: 1, bytes, point: first &+ 2)
        }
        let count = head.digitCount
        guard count > 0, count < 8, head[count] == UInt8(ascii: "."), head[0] != UInt8(ascii: "0") else { return nil }
        let whole = head.number(ofDigits: count)
        return double(isNegative, whole, digits: count, bytes, point: first &+ count &+ 1)
    }

    /// With `digits` digits, which spell `whole`, before the point.
    @inline(__always)
    private static func double(
        _ isNegative: Bool, _ whole: UInt64, digits: Int, _ bytes: Span<UInt8>, point: Int
    ) -> QuickRead? {
        let high = word(bytes, point)
        let count = high.digitCount
        if count < 8 {
            let mantissa = whole &* ByteWord.powersOfTen[count] &+ high.number(ofDigits: count)
            return double(isNegative, mantissa, digits, places: count, bytes, point &+ count)
        }
        var mantissa = whole &* 100_000_000 &+ high.number(ofDigits: 8)
        let low = word(bytes, point &+ 8)
        let more = low.digitCount
        if more < 8 {
            mantissa = mantissa &* ByteWord.powersOfTen[more] &+ low.number(ofDigits: more)
            return double(isNegative, mantissa, digits, places: 8 &+ more, bytes, point &+ 8 &+ more)
        }
        mantissa = mantissa &* 100_000_000 &+ low.number(ofDigits: 8)
        let last = bytes[point &+ 16] &- 0x30
        if last > 9 { return double(isNegative, mantissa, digits, places: 16, bytes, point &+ 16) }
        return double(isNegative, mantissa &* 10 &+ UInt64(last), digits, places: 17, bytes, point &+ 17)
    }

    private static func double(
        _ isNegative: Bool, _ mantissa: UInt64, _ digits: Int, places: Int, _ bytes: Span<UInt8>, _ end: Int
    ) -> QuickRead? {
        // Beyond 19 digits the mantissa may have wrapped.
        guard places > 0, digits &+ places <= 19, mantissa > 0, endsValue(bytes[end]),
            let value = ExactDouble.product(mantissa, -places)
        else { return nil }
        let sign: UInt64 = isNegative ? 1 << 63 : 0
        return QuickRead(Int64(bitPattern: value.bitPattern | sign), end)
    }

    /// The number of a symbol that the table has a key for.
    @inline(__always)
    static func symbol(_ bytes: Span<UInt8>, _ start: Int, of symbols: SymbolTable) -> QuickRead? {
        guard bytes[start] == UInt8(ascii: "\"") else { return nil }
        var key = SymbolKey()
        var end = start &+ 1
        for _ in 0..<SymbolKey.words {
            let word = word(bytes, end)
            let length = word.lengthBeforeQuote
            key.add(word.prefix(length))
            end &+= length
            guard length < 8 else {
                // Words that a key does not need are zero, so a string that starts with such a word is another one.
                if word.bits == 0 { return nil }
                continue
            }
            // A key has zeros after its end, so a string that ends with one is another than it seems.
            if length > 0, word[length &- 1] == 0 { return nil }
            return symbols.find(key).map { QuickRead(Int64($0), end &+ 1) }
        }
        return nil
    }

    @inline(__always)
    private static func endsValue(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
    }
}
