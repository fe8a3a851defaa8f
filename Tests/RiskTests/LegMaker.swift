import PortfolioModel
import Pricing
import Risk

/// Makes legs and histories by hand for tests of revaluation.
enum LegMaker {
    static let first = CalendarDate(year: 2026, month: 1, day: 5) ?? CalendarDate(dayNumber: 0)
    static let at = Timestamp("2026-11-20T20:00:00Z") ?? Timestamp(seconds: 0)
    static let account = AccountID("test-1")

    static func id(_ raw: UInt32) -> InstrumentID { InstrumentID(raw: raw) }

    static func linear(
        _ name: String, _ factor: UInt32?, price: Double, quantity: Double, multiplier: Double = 1,
        currency: Currency = .usd, fx: Double = 1, isFuture: Bool = false, group: String? = nil
    ) -> RevaluationLeg {
        RevaluationLeg(
            name: name, group: group ?? name, factor: factor.map(id), account: account, currency: currency, fx: fx,
            price: price, quantity: quantity, multiplier: multiplier,
            marketValue: isFuture ? 0 : quantity * price * multiplier, form: .linear)
    }

    static func option(
        _ name: String, _ factor: UInt32, _ right: OptionRight, strike: Double, years: Double, volatility: Double,
        price: Double, quantity: Double, multiplier: Double = 100, rate: Double = 0.03, currency: Currency = .usd,
        fx: Double = 1, slope: Double = 1, cash: Double = 0, group: String? = nil,
        exercise: ExerciseStyle = .european, dividends: [CashDividend] = []
    ) -> RevaluationLeg {
        let model = OptionModel(
            right: right, underlyingPrice: slope * price + cash, strike: strike, years: years, rate: rate,
            exercise: exercise, dividends: dividends)
        let pricing = PositionPricing(
            model: model, volatility: volatility, impliesMark: true, units: quantity * multiplier, slope: slope,
            offset: cash)
        return RevaluationLeg(
            name: name, group: group ?? name, factor: id(factor), account: account, currency: currency, fx: fx,
            price: price, quantity: quantity, multiplier: multiplier,
            marketValue: quantity * multiplier * model.price(volatility: volatility), form: .option(pricing))
    }

    static func book(
        _ legs: [RevaluationLeg], base: Currency = .usd, cash: [RevaluationBook.Cash] = [],
        uncovered: [RevaluationBook.Uncovered] = []
    ) -> RevaluationBook {
        RevaluationBook(base: base, at: at, legs: legs, cash: cash, uncovered: uncovered)
    }

    /// Closes on consecutive days that have the given returns, starting at a price.
    static func series(from price: Double, _ returns: [Double], start: CalendarDate = first) -> CloseSeries {
        var closes = [price]
        for value in returns { closes.append((closes.last ?? price) * (1 + value)) }
        return CloseSeries(closes.enumerated().map { (start.adding(days: $0), $1) })
    }

    /// Seeded returns that look like a market's: their size is the standard deviation.
    static func returns(_ count: Int, size: Double, seed: UInt64) -> [Double] {
        var random = RandomBook(seed: seed)
        return (0..<count).map { _ in
            let twelve = (0..<12).reduce(0.0) { sum, _ in sum + Double(random.next(below: 1_000_000)) / 1e6 }
            return (twelve - 6) * size
        }
    }
}

/// Whether two numbers are equal but for rounding.
func isClose(_ left: Double, _ right: Double, _ relative: Double = 1e-9, absolute: Double = 1e-12) -> Bool {
    (left - right).magnitude <= max(absolute, relative * max(left.magnitude, right.magnitude))
}
