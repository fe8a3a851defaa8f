import PortfolioModel
import Testing

struct MoneyTests {
    @Test func sum_keepsTheCurrency() throws {
        let total = try Money(try FixedDecimal("0.1"), .usd) + Money(try FixedDecimal("0.2"), .usd)
        #expect(total == Money(try FixedDecimal("0.3"), .usd))
        #expect(try total - total == .zero(.usd))
    }

    @Test func sum_isRefused_acrossCurrencies() {
        #expect(throws: MoneyError.currencyMismatch(.usd, .inr)) { try Money(1, .usd) + Money(1, .inr) }
        #expect(throws: MoneyError.currencyMismatch(.usd, .inr)) { try Money(1, .usd) - Money(1, .inr) }
    }

    @Test func sum_overflows_aloud() throws {
        let largest = Money(try FixedDecimal(raw: FixedDecimal.maximumRaw), .usd)
        #expect(throws: MoneyError.decimal(.overflow)) { try largest + largest }
    }

    @Test(arguments: [
        ("USD", "5", "5.00 USD"), ("JPY", "5", "5 JPY"), ("KWD", "5", "5.000 KWD"), ("USD", "-0.125", "-0.125 USD"),
    ])
    func description_hasTheMinorDigits(code: String, amount: String, expected: String) throws {
        let currency = try #require(Currency(code))
        #expect(Money(try FixedDecimal(amount), currency).description == expected)
    }

    @Test(arguments: ["GBp", "ZAc", "usd", "US", "", "USDOLLAR", "U$D"])
    func currency_isRefused_whenItIsNone(code: String) {
        #expect(Currency(code) == nil)
    }
}
