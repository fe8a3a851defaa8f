import PortfolioModel
import Testing

@testable import Application

struct NumberTextTests {
    @Test(arguments: [
        ("0", 2, "0.00"), ("1234567.891", 2, "1,234,567.89"), ("-1234.5", 2, "-1,234.50"), ("999.995", 2, "1,000.00"),
        ("123456", 0, "123,456"), ("-0.004", 2, "0.00"), ("1000", 0, "1,000"),
    ])
    func decimal_groupsAndRounds(text: String, places: Int, shown: String) {
        #expect(NumberText.decimal(ViewFixture.decimal(text), minimum: places) == shown)
    }

    @Test func decimal_signsGainsWhereAsked() {
        #expect(NumberText.decimal(5, minimum: 2, signed: true) == "+5.00")
        #expect(NumberText.decimal(-5, minimum: 2, signed: true) == "-5.00")
        #expect(NumberText.decimal(0, minimum: 2, signed: true) == "0.00")
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
    func double_isNil_whenItCannotBePrinted(value: Double) { #expect(NumberText.double(value, places: 2) == nil) }

    @Test func percent_isOfAFraction() { #expect(NumberText.percent(0.2531) == "25.3%") }

    @Test(arguments: [(0, "0s"), (59, "59s"), (60, "1m"), (3600, "1h"), (200_000, "2d"), (-5, "0s")])
    func age_hasOneUnit(seconds: Int, text: String) {
        #expect(AgeText.of(ViewFixture.now.adding(.seconds(-seconds)), now: ViewFixture.now) == text)
    }
}
