import BrokerKit
import Testing

@testable import Tastytrade

struct ExactDoubleTests {
    /// Reads text as the feed's path does, `Double(String)` where it cannot tell.
    private func read(_ text: String) throws -> (value: Double, isDecided: Bool) {
        let bytes = Array("\(text)}".utf8)
        var cursor = ByteCursor(at: 0)
        var range = 0..<0
        let number = try #require(try cursor.number(bytes.span, text: &range))
        #expect(range == 0..<text.utf8.count)
        guard let value = number.double() else { return (try #require(Double(text)), false) }
        return (value, true)
    }

    /// Halfway cases, neighbours of powers of two, the largest and smallest, and numbers known to be read wrongly.
    @Test(arguments: [
        "0", "-0", "0.0", "1", "-1", "0.1", "0.2", "0.3", "1e22", "1e23", "9007199254740991", "9007199254740992",
        "9007199254740993", "9007199254740994", "9007199254740995", "9007199254740993.0", "9007199254740993.00001",
        "4503599627370496.5", "4503599627370497.5", "4503599627370498.5", "18014398509481985", "36028797018963970",
        "8.98846567431158e307", "1.7976931348623157e308", "1.7976931348623158e308", "2.2250738585072014e-308",
        "2.2250738585072011e-308", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "5e-324",
        "6.631236846766476e-316", "3.237883913302901e-319", "1.2345678901234567890123456789", "0.000001", "1e-7",
        "0.0012345678901234567", "0.00000000000000000000000000000012345678901234567", "123456789012345678901234567890",
        "9223372036854775807", "9223372036854775808", "18446744073709551615", "9999999999999999999", "1e-5", "5e-20",
        "67e+40", "8511030020275656e-342", "5401650330395e-137", "2.98023223876953125e-8",
        "1090544144181609348671888949",
        "7.3177701707893310e+15", "10000000000000000000", "1.0E-3", "3e0", "7450580596923828125e-27", "1e-128", "1e127",
        "9999999999999999999e127", "1e-129", "1e128", "0.1e-127", "6e-27", "6e56", "5e-324",
    ])
    func hardNumbers_areReadAsDoubleReadsThem(_ text: String) throws {
        #expect(try read(text).value.bitPattern == Double(text)?.bitPattern)
    }

    /// Every exponent of the table, with mantissas of every length and at the edges.
    @Test func powers_areExact_overTheWholeTable() throws {
        var random = SeededGenerator(seed: 11)
        var decided = 0
        var count = 0
        for exponent in PowersOfFive.exponents {
            for _ in 0..<40 {
                var mantissa = UInt64.random(in: 0...9_999_999_999_999_999_999, using: &random)
                mantissa >>= UInt64.random(in: 0..<64, using: &random)
                let edge = UInt64(1) << UInt64.random(in: 0..<63, using: &random)
                for digits in [mantissa, edge, edge &- 1, edge &+ 1] {
                    let found = ExactDouble.value(digits, exponent: exponent)
                    if let found { #expect(found == Double("\(digits)e\(exponent)")) }
                    decided += found == nil ? 0 : 1
                    count += 1
                }
            }
        }
        #expect(decided > count * 99 / 100)
    }

    /// What Java's `Double.toString` and Swift write of random doubles, Greeks' magnitudes among them.
    @Test func doubles_comeBack_fromTheirText() throws {
        var random = SeededGenerator(seed: 12)
        for _ in 0..<20_000 {
            let scales: [Double] = [1e-6, 1e-3, 1, 1e3, 1e9, 1e-40, 1e40]
            let scale = scales.randomElement(using: &random) ?? 1
            let value = Double.random(in: -1...1, using: &random) * scale
            let found = try read("\(value)")
            #expect(found.isDecided)
            #expect(found.value.bitPattern == value.bitPattern)
        }
    }

    /// Texts exactly between two doubles, and one digit to either side.
    @Test func halves_goToTheEvenNeighbour() throws {
        var random = SeededGenerator(seed: 13)
        for _ in 0..<8000 {
            let odd = UInt64.random(in: 1 << 53..<1 << 62, using: &random)
            let step = UInt64(1) << UInt64(max(0, 11 - odd.leadingZeroBitCount))
            let half = odd & ~(2 * step - 1) + step
            for digits in [half, half - 1, half + 1] {
                #expect(try read("\(digits)").value == Double("\(digits)"))
                #expect(try read("\(digits)e-10").value == Double("\(digits)e-10"))
            }
        }
    }
}
