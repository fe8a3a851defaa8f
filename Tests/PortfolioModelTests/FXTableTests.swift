import PortfolioModel
import Testing

struct FXTableTests {
    private let at = Timestamp(seconds: 1_795_000_000)

    private func table(_ rates: [(String, String, String)]) throws -> FXTable {
        var table = FXTable()
        for (base, quote, rate) in rates {
            table.set(
                FXRate(
                    base: try #require(Currency(base)), quote: try #require(Currency(quote)),
                    rate: try FixedDecimal(rate), asOf: at, source: "test"))
        }
        return table
    }

    private func cash(_ table: FXTable) throws -> MoneyTotal {
        var total = MoneyTotal(.eur)
        for (code, amount) in [("EUR", "5266.53"), ("USD", "-4549.63"), ("DKK", "-1258.09")] {
            let currency = try #require(Currency(code))
            let figure = MoneyFigure(.confirmed(try FixedDecimal(amount), asOf: at, source: "broker"), currency)
            try total.add(table.convert(figure, to: .eur), named: code)
        }
        return total
    }

    @Test func threeCurrencies_tieToTheCent() throws {
        let total = try cash(try table([("EUR", "USD", "1.1851"), ("EUR", "DKK", "7.4691")]))
        #expect(try total.figure.amount.value?.rounded(toPlaces: 2, .halfEven).description == "1259.06")
    }

    @Test func aMissingRate_isUnknown_neverOneAndNeverZero() throws {
        let table = try table([("EUR", "USD", "1.1851")])
        let total = try cash(table)
        #expect(total.figure.amount.value == nil)
        #expect(total.missing == ["DKK"])
        #expect(try total.known.rounded(toPlaces: 2, .halfEven).description == "1427.5")
        let krone = try #require(Currency("DKK"))
        #expect(table.rate(from: krone, to: .eur).value == nil)
        #expect(table.rate(from: krone, to: .eur).reason == "no DKK/EUR rate")
        #expect(FXTable().rate(from: .usd, to: .inr).state == .unknown)
        #expect(FXTable().rate(from: .usd, to: .usd).value == 1)
    }

    @Test(arguments: ["0", "-84.5"])
    func aRateThatIsNotPositive_isNone(rate: String) throws {
        let table = try table([("USD", "INR", rate)])
        #expect(table.rate(from: .usd, to: .inr).value == nil)
        #expect(table.rate(from: .inr, to: .usd).value == nil)
        #expect(table.convert(MoneyFigure(.confirmed(5, asOf: at, source: "x"), .usd), to: .inr).amount.value == nil)
    }

    @Test func convert_dividesByTheStatedRate_soThatLargeAmountsKeepTheirCents() throws {
        let table = try table([("USD", "INR", "84.5")])
        let rupees = MoneyFigure(.confirmed(FixedDecimal(845_000_000), asOf: at, source: "x"), .inr)
        #expect(table.convert(rupees, to: .usd).amount.value == FixedDecimal(10_000_000))
        let dollars = MoneyFigure(.stale(2, asOf: at, source: "x"), .usd)
        #expect(table.convert(dollars, to: .inr).amount == .stale(169, asOf: at, source: "x+test"))
    }
}
