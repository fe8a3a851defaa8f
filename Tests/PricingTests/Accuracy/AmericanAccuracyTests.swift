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

    /// Beside three others on one grid, from half to twice as large, a volatility has the same price within the bars.
    @Test func prices_areWithinTheBars_whenVolatilitiesShareAGrid() throws {
        var shared = ErrorTally("American with cash dividends, volatilities on one grid, in bars", bar: 1)
        for row in try ReferenceTable("american.csv").rows {
            let model = try row.model(.american)
            guard !model.dividends.isEmpty else { continue }
            let (volatility, expected) = (try row.number("volatility"), try row.number("price"))
            let bar = max(1e-4 * expected, 1e-6 * model.strike)
            for others in [[0.5, 0.7, 0.85], [0.8, 1.3, 2], [1.2, 1.6, 2]] {
                let all = SolvedOption.solve(model, volatilities: [volatility] + others.map { $0 * volatility })
                let price = try #require(all.first ?? nil).price(at: model.underlyingPrice)
                shared.add((price - expected).magnitude / bar, line: row.line)
            }
        }
        print(shared)
        #expect(shared.over == 0 && shared.count > 200)
    }

    /// Round trip of our own prices; a typed failure where the price does not say.
    @Test func impliedVolatility_isExactOrFails() throws {
        // Each takes a dozen prices: a quarter of the table.
        let rows = try ReferenceTable("american.csv").rows.enumerated().filter { $0.offset % 4 == 0 }.map(\.element)
        var round = ErrorTally("American implied volatility, relative", bar: 1e-8)
        var failures: [ImpliedVolatilityError: Int] = [:]
        for row in rows {
            let model = try row.model(.american)
            let volatility = try row.number("volatility")
            let price = model.price(volatility: volatility)
            do throws(ImpliedVolatilityError) {
                let found = try ImpliedVolatility.solve(price: price, model: model)
                round.add((found - volatility).magnitude / volatility, line: row.line)
            } catch {
                let slope = (model.price(volatility: volatility * 1.001) - price) / (volatility * 0.001)
                #expect(
                    error == .belowIntrinsic || slope < 2 * ImpliedVolatility.leastVega * model.underlyingPrice,
                    "\(error.rawValue), line \(row.line)")
                failures[error, default: 0] += 1
            }
        }
        print(round, "typed failures \(failures.map { "\($0.key.rawValue) \($0.value)" }.sorted())", separator: "\n")
        #expect(round.over == 0 && round.count > rows.count / 2)
        #expect(round.count + failures.values.reduce(0, +) == rows.count)
    }

    /// No volatility of the solver's range makes a price as small or as large.
    @Test(arguments: [(1e-4, 0.05), (99.9999, 0.05), (1e-3, 0)])
    func impliedVolatility_isNotDetermined_outsideTheRange(price: Double, rate: Double) {
        let model = OptionModel(
            right: .put, underlyingPrice: 100, strike: 100, years: 1, rate: rate, exercise: .american,
            dividends: [CashDividend(years: 0.5, amount: 1e-4)])
        #expect(throws: ImpliedVolatilityError.notDetermined) {
            try ImpliedVolatility.solve(price: price, model: model)
        }
    }
}
