import PortfolioModel
import Pricing
import Testing

/// American prices against QuantLib: QdFp at high precision without cash dividends, refined finite differences with
/// them and with two boundaries. Every row falls in a class; none is skipped.
struct AmericanAccuracyTests {
    @Test func prices_areWithinTheBars() throws {
        let rows = try ReferenceTable("american.csv").rows
        var plain = ErrorTally("American without cash dividends, in bars", bar: 1)
        var refined = ErrorTally("American by finite differences without cash dividends, in bars", bar: 1)
        var cash = ErrorTally("American with cash dividends, in bars", bar: 1)
        for row in rows {
            let model = try row.model(.american)
            let expected = try row.number("price")
            let bar = max(1e-4 * expected, 1e-6 * model.strike)
            let error = (model.price(volatility: try row.number("volatility")) - expected).magnitude / bar
            if !model.dividends.isEmpty {
                cash.add(error, line: row.line)
            } else if try row.number("moved") > 0 {
                refined.add(error, line: row.line)
            } else {
                plain.add(error, line: row.line)
            }
        }
        print(plain, refined, cash, separator: "\n")
        #expect(plain.over == 0 && refined.over == 0 && cash.over == 0)
        #expect(plain.count > 300 && refined.count > 10 && cash.count > 80)
        #expect(plain.count + refined.count + cash.count == rows.count)
    }
}
