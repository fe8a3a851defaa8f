import PortfolioModel
import Pricing
import Testing

/// Prices and Greeks against mpmath at 80 digits, over moneyness 0.3 to 3, an hour to ten years, volatilities 1 % to
/// 300 %, rates -2 % to 20 %; Bachelier also below zero. Every point of the table falls in a class; none is skipped.
struct EuropeanAccuracyTests {
    private struct Point {
        var row: ReferenceTable.Row
        var model: OptionModel
        var volatility: Double
        var scalar: OptionValuation
    }

    private func points() throws -> [Point] {
        try ReferenceTable("european.csv").rows.map { row in
            let model = try row.model()
            let volatility = try row.number("volatility")
            return Point(
                row: row, model: model, volatility: volatility, scalar: model.valuation(volatility: volatility))
        }
    }

    /// What the batch makes of the lognormal points, in their order.
    private func batch(_ points: [Point]) -> [OptionValuation] {
        var found: [OptionValuation?] = points.map { _ in nil }
        for isOnFuture in [false, true] {
            let chosen = points.indices.filter {
                points[$0].model.isOnFuture == isOnFuture && points[$0].model.formula != .bachelier
            }
            var columns = OptionColumns(isOnFuture: isOnFuture, reserving: chosen.count)
            for index in chosen { columns.append(points[index].model) }
            var result = ValuationColumns()
            EuropeanBatch.value(
                columns, volatility: chosen.map { points[$0].volatility }, withSecondOrder: true, into: &result)
            for (place, index) in chosen.enumerated() { found[index] = result.valuation(at: place) }
        }
        return zip(found, points).map { $0 ?? $1.scalar }
    }

    /// The size that a price error is measured against.
    private func scale(_ model: OptionModel) -> Double { max(model.underlyingPrice.magnitude, model.strike.magnitude) }

    @Test func prices_areWithinTheBars() throws {
        let points = try points()
        for (form, values) in [("scalar", points.map(\.scalar)), ("batch", batch(points))] {
            var absolute = ErrorTally("\(form) price, per max(S, K)", bar: 1e-12)
            var relative = ErrorTally("\(form) price from 1e-6 K, relative", bar: 1e-10)
            for (point, value) in zip(points, values) {
                let expected = try point.row.number("price")
                let error = (value.price - expected).magnitude
                absolute.add(error / max(scale(point.model), point.volatility), line: point.row.line)
                if expected >= 1e-6 * point.model.strike.magnitude, expected > 0 {
                    relative.add(error / expected, line: point.row.line)
                }
            }
            print(absolute, relative, separator: "\n")
            #expect(absolute.over == 0 && relative.over == 0)
            #expect(absolute.count == points.count && relative.count > points.count / 2)
        }
    }

    /// Relative where a Greek is at least 1e-6 of what it is at the money; elsewhere 1e-10 of that least size.
    @Test(arguments: OptionValuation.greeks.indices)
    func greeks_areWithinTheBars(index: Int) throws {
        let (name, greek) = OptionValuation.greeks[index]
        let points = try points()
        for (form, values) in [("scalar", points.map(\.scalar)), ("batch", batch(points))] {
            var relative = ErrorTally("\(form) \(name), relative", bar: 1e-10)
            var rest = ErrorTally("\(form) \(name) below 1e-6 of at the money, per that size", bar: 1e-10)
            for (point, value) in zip(points, values) {
                let expected = try point.row.number(name)
                let least = 1e-6 * greek(atTheMoney(point)).magnitude
                let error = (greek(value) - expected).magnitude
                if expected.magnitude >= least && expected != 0 {
                    relative.add(error / expected.magnitude, line: point.row.line)
                } else {
                    // Bachelier's vanna and volga are 0 at the money.
                    rest.add(error == 0 ? 0 : error / least, line: point.row.line)
                }
            }
            print(relative, rest, separator: "\n")
            #expect(relative.over == 0 && rest.over == 0)
            #expect(relative.count + rest.count == points.count)
        }
    }

    private func atTheMoney(_ point: Point) -> OptionValuation {
        var model = point.model
        model.strike = model.forward
        return model.valuation(volatility: point.volatility)
    }

    @Test func batch_agreesWithScalar() throws {
        let points = try points()
        for (point, value) in zip(points, batch(points)) {
            #expect((value.price - point.scalar.price).magnitude <= 1e-12 * max(scale(point.model), 1))
            let money = atTheMoney(point)
            for (name, greek) in OptionValuation.greeks {
                let (left, right) = (greek(value), greek(point.scalar))
                let allowed = 1e-10 * max(right.magnitude, 1e-6 * greek(money).magnitude)
                #expect((left - right).magnitude <= allowed, "\(name), line \(point.row.line)")
            }
        }
    }

    /// Round trip from the reference price where it says enough of the volatility; a typed failure everywhere else.
    @Test func impliedVolatility_isExactOrFails() throws {
        let points = try points()
        var round = ErrorTally("implied volatility, absolute", bar: 1e-10)
        var failures: [ImpliedVolatilityError: Int] = [:]
        for point in points {
            let isLognormal = point.model.formula != .bachelier
            let unit = isLognormal ? point.model.underlyingPrice : 1
            let isDetermined = try point.row.number("vega") * 100 >= ImpliedVolatility.leastVega * unit
            do throws(ImpliedVolatilityError) {
                let found = try ImpliedVolatility.solve(
                    price: Double(point.row.fields["price"] ?? "") ?? .nan, model: point.model)
                #expect(isDetermined, "answered, line \(point.row.line)")
                round.add(
                    (found - point.volatility).magnitude / (isLognormal ? 1 : point.volatility), line: point.row.line)
            } catch {
                #expect(!isDetermined, "\(error.rawValue), line \(point.row.line)")
                failures[error, default: 0] += 1
            }
        }
        print(round, "typed failures \(failures.map { "\($0.key.rawValue) \($0.value)" }.sorted())", separator: "\n")
        #expect(round.over == 0 && round.count > 1000)
        #expect(round.count + failures.values.reduce(0, +) == points.count)
        #expect(Set(failures.keys).isSubset(of: [.belowIntrinsic, .aboveUpperBound, .notDetermined]))
    }
}
