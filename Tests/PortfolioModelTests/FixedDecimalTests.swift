import Foundation
import PortfolioModel
import Testing

struct FixedDecimalTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("+5", "5"), ("007", "7"), ("12.50", "12.5"), ("-12.5", "-12.5"), (".5", "0.5"),
        ("5.", "5"), ("0.00000001", "0.00000001"), ("-0.00000001", "-0.00000001"), ("1e3", "1000"), ("1E-3", "0.001"),
        ("1.5e+2", "150"), ("0e400", "0"), ("1000000000000000000000", "1000000000000000000000"),
        ("-1000000000000000000000", "-1000000000000000000000"), ("1.2300000000000000000", "1.23"),
        ("1.00000000000000000000000000000000000000000000", "1"),
    ])
    func text_roundTrips(text: String, printed: String) throws {
        let value = try FixedDecimal(text)
        #expect(value.description == printed)
        #expect(try FixedDecimal(value.description) == value)
    }

    @Test(arguments: [
        "", "+", "-", ".", "-.", "12abc", "1,5", "1,000", " 1", "1 ", "1\n", "1.2.3", "--1", "+-1", "1e", "1e+", "e5",
        "1e1.5", "1e5x", "0x10", "NaN", "nan", "inf", "Infinity", "1_000", "١٢", "½", "$5", "(5)", "5-", "1e123456789",
        "null", "\u{0}", "1\u{0}",
    ])
    func text_isRefused_whenMalformed(text: String) {
        #expect(throws: DecimalError.malformed(String(text.prefix(40)))) { try FixedDecimal(text) }
        #expect(throws: DecimalError.self) { try FixedDecimal(text, rounding: .halfEven) }
    }

    @Test(arguments: [
        "1e400", "-1e400", "1e22", "1000000000000000000000.00000001", "1000000000000000000001",
        String(repeating: "9", count: 60), "1e9999999",
    ])
    func text_overflows_beyondTheRange(text: String) {
        #expect(throws: DecimalError.overflow) { try FixedDecimal(text) }
    }

    @Test(arguments: [
        "0.000000001", "1.123456789", "1e-9", "1e-90", "-1e-400", "0.1234567800000000000000000000000000000000000001",
        "1.0000000000000000000000000000000000000000000001",
    ])
    func text_isTooPrecise_ratherThanRoundedSilently(text: String) {
        #expect(throws: DecimalError.tooPrecise(String(text.prefix(40)))) { try FixedDecimal(text) }
    }

    @Test(arguments: [
        (Rounding.up, "1.00000001"), (.down, "1"), (.halfEven, "1"), (.towardZero, "1"), (.halfAwayFromZero, "1"),
    ])
    func text_rounds_howeverManyDigitsFollow(rounding: Rounding, expected: String) throws {
        let text = "1." + String(repeating: "0", count: 60) + "1"
        #expect(try FixedDecimal(text, rounding: rounding).description == expected)
    }

    @Test(arguments: [
        (Rounding.halfEven, ["2.5": "2", "3.5": "4", "-2.5": "-2", "-3.5": "-4", "2.51": "3", "-2.49": "-2"]),
        (.halfAwayFromZero, ["2.5": "3", "3.5": "4", "-2.5": "-3", "-3.5": "-4", "2.49": "2", "-2.51": "-3"]),
        (.towardZero, ["2.9": "2", "-2.9": "-2", "2": "2", "-0.1": "0"]),
        (.down, ["2.9": "2", "-2.1": "-3", "-2": "-2", "0.1": "0"]),
        (.up, ["2.1": "3", "-2.9": "-2", "2": "2", "-0.1": "0"]),
    ])
    func rounded_followsItsName(rounding: Rounding, table: [String: String]) throws {
        for (text, expected) in table {
            #expect(try FixedDecimal(text).rounded(toPlaces: 0, rounding).description == expected, "\(text)")
        }
    }

    @Test func rounded_keepsThePlacesAskedFor() throws {
        let value = try FixedDecimal("1.23456785")
        #expect(try value.rounded(toPlaces: 8, .down) == value)
        #expect(try value.rounded(toPlaces: 7, .halfEven).description == "1.2345678")
        #expect(try value.rounded(toPlaces: 7, .halfAwayFromZero).description == "1.2345679")
        #expect(try value.rounded(toPlaces: 2, .up).description == "1.24")
    }

    @Test func arithmetic_throws_insteadOfWrapping() throws {
        let largest = try FixedDecimal(raw: FixedDecimal.maximumRaw)
        let smallest = try FixedDecimal(raw: 1)
        #expect(throws: DecimalError.overflow) { try largest + smallest }
        #expect(throws: DecimalError.overflow) { try -largest - smallest }
        #expect(throws: DecimalError.overflow) { try largest.multiplied(by: 2) }
        #expect(throws: DecimalError.overflow) { try largest.multiplied(by: largest) }
        #expect(throws: DecimalError.overflow) { try largest.divided(by: smallest) }
        #expect(throws: DecimalError.divisionByZero) { try largest.divided(by: 0) }
        #expect(throws: DecimalError.overflow) { try FixedDecimal.sum([largest, smallest, -largest]) }
        #expect(throws: DecimalError.overflow) { try FixedDecimal(raw: FixedDecimal.maximumRaw + 1) }
        #expect(try largest.multiplied(by: 1) == largest)
        #expect(try largest.divided(by: -1) == -largest)
    }

    /// The product by long multiplication of decimal digits, rounded half to even at the eighth place; nil out of
    /// range.
    private func longProduct(_ left: FixedDecimal, _ right: FixedDecimal) -> String? {
        func digits(_ value: FixedDecimal) -> [Int] {
            String(value.raw.magnitude).reversed().compactMap(\.wholeNumberValue)
        }
        let (a, b) = (digits(left), digits(right))
        var product = [Int](repeating: 0, count: a.count + b.count + 1)
        for (i, x) in a.enumerated() { for (j, y) in b.enumerated() { product[i + j] += x * y } }
        for place in 0..<(product.count - 1) {
            product[place + 1] += product[place] / 10
            product[place] %= 10
        }
        while product.count <= 8 { product.append(0) }
        var kept = Array(product[8...]) + [0]
        let isTie = product[7] == 5 && product[..<7].allSatisfy { $0 == 0 }
        if isTie ? kept[0] % 2 == 1 : product[7] >= 5 {
            var place = 0
            while kept[place] == 9 { (kept[place], place) = (0, place + 1) }
            kept[place] += 1
        }
        let text = String(kept.reversed().map { Character(String($0)) }.drop { $0 == "0" })
        guard text.utf8.count <= 30, let magnitude = Int128(text.isEmpty ? "0" : text),
            magnitude <= FixedDecimal.maximumRaw
        else { return nil }
        return String((left.raw < 0) != (right.raw < 0) ? -magnitude : magnitude)
    }

    @Test func multiplied_agreesWithLongMultiplication() throws {
        var state: UInt64 = 42
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
        var (inRange, beyond) = (0, 0)
        for _ in 0..<20_000 {
            func value() throws -> FixedDecimal {
                let digits = Int(next() % 29) + 1
                var raw: Int128 = 0
                for _ in 0..<digits { raw = raw * 10 + Int128(next() % 10) }
                // Halves are frequent, so that ties are.
                if next() % 3 == 0 { raw = raw / 100_000_000 * 100_000_000 + 50_000_000 * Int128(next() % 2) }
                return try FixedDecimal(raw: min(raw, FixedDecimal.maximumRaw) * (next() % 2 == 0 ? 1 : -1))
            }
            let (left, right) = (try value(), try value())
            let found = (try? left.multiplied(by: right)).map { String($0.raw) }
            let expected = longProduct(left, right)
            #expect(found == expected, "\(left) x \(right)")
            if found == nil { beyond += 1 } else { inRange += 1 }
        }
        #expect(inRange > 5000)
        #expect(beyond > 1000)
    }

    @Test(arguments: [
        // Ties at the ninth place of the widest products, above even and odd, of both signs.
        ("100000000000.5", "1000000000.00000001"), ("100000000001.5", "1000000000.00000001"),
        ("100000000001.5", "1000000000.00000003"), ("-100000000001.5", "1000000000.00000001"),
        ("100000000001.5", "-1000000000.00000003"), ("900000000000.5", "1000000000.00000007"),
    ])
    func multiplied_roundsWideTiesToEven(left: String, right: String) throws {
        let (a, b) = (try FixedDecimal(left), try FixedDecimal(right))
        #expect(String(try a.multiplied(by: b).raw) == longProduct(a, b))
    }

    @Test func divided_roundsOnce() throws {
        #expect(try FixedDecimal(1).divided(by: 3).description == "0.33333333")
        #expect(try FixedDecimal(2).divided(by: 3).description == "0.66666667")
        #expect(try FixedDecimal(-2).divided(by: 3, rounding: .towardZero).description == "-0.66666666")
        #expect(try FixedDecimal(2).divided(by: -3, rounding: .down).description == "-0.66666667")
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e20, -1e300])
    func approximating_isNil_whenThereIsNoSuchDecimal(value: Double) {
        #expect(FixedDecimal(approximating: value) == nil)
    }

    @Test func text_padsToTheMinorDigits() throws {
        #expect(try FixedDecimal("12.5").text(minimumPlaces: 2) == "12.50")
        #expect(try FixedDecimal("12.345").text(minimumPlaces: 2) == "12.345")
        #expect(FixedDecimal(12).text(minimumPlaces: 0) == "12")
    }
}
