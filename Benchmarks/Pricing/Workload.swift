import PortfolioModel
import Pricing

/// What can be timed.
enum Workload: String, CaseIterable {
    case european, europeanScalar = "european-scalar", secondOrder = "second-order", implied, impliedScalar =
        "implied-scalar"
    case american, americanPrice = "american-price", americanDividends = "american-dividends"
}

/// One workload's inputs and the last run's results.
struct WorkloadRun {
    private var options = OptionColumns()
    private let last: [Double]
    private var columns = ValuationColumns()
    private var values: [OptionValuation] = []
    private var implied = ImpliedVolatilityColumns()
    private var volatilities: [Double] = []

    init(_ input: ColumnFile) {
        (options.sign, options.underlyingPrice, options.strike) = (input.columns[0], input.columns[1], input.columns[2])
        (options.years, options.rate, options.yield) = (input.columns[3], input.columns[4], input.columns[5])
        last = input.columns[6]
    }

    mutating func run(_ workload: Workload) {
        switch workload {
        case .european: EuropeanBatch.value(options, volatility: last, into: &columns)
        case .secondOrder: EuropeanBatch.value(options, volatility: last, withSecondOrder: true, into: &columns)
        case .europeanScalar, .american, .americanDividends:
            values.removeAll(keepingCapacity: true)
            for row in last.indices {
                var model = options.model(at: row)
                if workload != .europeanScalar { model.exercise = .american }
                if workload == .americanDividends { model.dividends = Self.dividends }
                values.append(model.valuation(volatility: last[row]))
            }
        case .americanPrice:
            volatilities.removeAll(keepingCapacity: true)
            for row in last.indices {
                var model = options.model(at: row)
                model.exercise = .american
                volatilities.append(model.price(volatility: last[row]))
            }
        case .implied: ImpliedVolatilityBatch.solve(options, price: last, into: &implied)
        case .impliedScalar:
            volatilities.removeAll(keepingCapacity: true)
            for row in last.indices {
                let found = try? ImpliedVolatility.solve(price: last[row], model: options.model(at: row))
                volatilities.append(found ?? .nan)
            }
        }
    }

    /// 0.6 a quarter, the first after 30 days.
    private static let dividends = (0..<60).map { CashDividend(years: Double(30 + 91 * $0) / 365, amount: 0.6) }

    /// Columns of the last run's results; not part of what is timed.
    var output: [[Double]] {
        if !implied.volatility.isEmpty { return [implied.volatility] }
        if !volatilities.isEmpty { return [volatilities] }
        if values.isEmpty {
            return [
                columns.price, columns.delta, columns.gamma, columns.theta, columns.vega, columns.rho, columns.vanna,
                columns.volga, columns.charm,
            ].filter { !$0.isEmpty }
        }
        return [
            values.map(\.price), values.map(\.delta), values.map(\.gamma), values.map(\.theta), values.map(\.vega),
            values.map(\.rho), values.map(\.vanna), values.map(\.volga), values.map(\.charm),
        ]
    }
}
