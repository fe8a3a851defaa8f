import PortfolioModel
import Pricing
import Testing

struct BatchTests {
    private func columns(_ models: [OptionModel], isOnFuture: Bool = false) -> OptionColumns {
        var columns = OptionColumns(isOnFuture: isOnFuture)
        for model in models { columns.append(model) }
        return columns
    }

    private func model(_ index: Int) -> OptionModel {
        OptionModel(
            right: index % 3 == 0 ? .put : .call, underlyingPrice: 100, strike: 60 + 7.3 * Double(index % 13),
            years: 0.05 + 0.11 * Double(index % 17), rate: 0.03, yield: 0.01)
    }

    /// Every length around the number of lanes; storage is used again, longer and shorter.
    @Test func value_fillsEveryRow_whateverTheLength() {
        var result = ValuationColumns()
        for count in [9, 0, 1, 3, 4, 5, 8, 2] {
            let models = (0..<count).map(model)
            EuropeanBatch.value(
                columns(models), volatility: models.map { _ in 0.3 }, withSecondOrder: count % 2 == 0, into: &result)
            #expect(result.count == count)
            for (row, model) in models.enumerated() {
                let expected = model.valuation(volatility: 0.3)
                #expect(abs(result.valuation(at: row).price - expected.price) < 1e-12)
                #expect(result.valuation(at: row).charm.isNaN == (count % 2 != 0))
            }
        }
    }

    @Test func value_isUnknown_whereARowIsNoOption() {
        var models = (0..<10).map(model)
        models[1].underlyingPrice = 0
        models[2].strike = -5
        models[3].years = 0
        models[5].rate = .nan
        models[6].underlyingPrice = .infinity
        var volatility = [Double](repeating: 0.3, count: 10)
        volatility[8] = 0
        var result = ValuationColumns()
        EuropeanBatch.value(columns(models), volatility: volatility, withSecondOrder: true, into: &result)
        for row in 0..<10 {
            let isOption = [0, 4, 7, 9].contains(row)
            let found = result.valuation(at: row)
            #expect(found.price.isNaN == !isOption, "row \(row)")
            for (name, greek) in OptionValuation.greeks {
                #expect(greek(found).isNaN == !isOption, "\(name), row \(row)")
            }
            let scalar = models[row].valuation(volatility: volatility[row])
            #expect(scalar.price.isNaN == !isOption && scalar.vega.isNaN == !isOption)
        }
    }

    @Test(arguments: [false, true])
    func implied_agreesWithScalar_inAnswersAndReasons(isOnFuture: Bool) {
        var models: [OptionModel] = []
        var prices: [Double] = []
        var seed: UInt64 = 7
        func uniform(_ low: Double, _ high: Double) -> Double {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return low + (high - low) * Double(seed >> 11) / Double(1 << 53)
        }
        for index in 0..<3001 {
            var model = OptionModel(
                right: index % 2 == 0 ? .call : .put, underlyingPrice: 100, strike: uniform(40, 250),
                years: uniform(0.001, 3), rate: uniform(-0.02, 0.1), yield: uniform(0, 0.05), isOnFuture: isOnFuture)
            if index % 97 == 0 { model.years = 0 }
            models.append(model)
            let price = model.price(volatility: uniform(0.02, 2))
            prices.append(index % 89 == 0 ? model.upperBound : index % 83 == 0 ? model.lowerBound : price)
        }
        var result = ImpliedVolatilityColumns()
        ImpliedVolatilityBatch.solve(columns(models, isOnFuture: isOnFuture), price: prices, into: &result)
        var answers = 0
        for row in models.indices {
            do throws(ImpliedVolatilityError) {
                let expected = try ImpliedVolatility.solve(price: prices[row], model: models[row])
                #expect(abs(result.volatility[row] - expected) < 1e-10 && result.failure[row] == nil)
                answers += 1
            } catch {
                #expect(result.failure[row] == error && result.volatility[row].isNaN)
            }
        }
        #expect(answers > 2000 && answers < models.count)
    }
}
