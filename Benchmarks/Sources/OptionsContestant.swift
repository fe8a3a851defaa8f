import PortfolioModel
import Pricing

/// W5: prices and Greeks of many options, or the volatilities of their prices. A unit is an option; rounds run over the
/// file again as often as it takes.
struct OptionsContestant: Contestant {
    enum Kind: String, CaseIterable { case european, implied, american, dividends }
    struct Result: Encodable { var rows: Int }

    private let kind: Kind
    private let found: String
    private var options = OptionColumns()
    private let last: [Double]
    private var columns = ValuationColumns()
    private var implied = ImpliedVolatilityColumns()
    private var values: [OptionValuation] = []

    /// 0.6 a quarter, the first after 30 days.
    private static let dividends = (0..<9).map { CashDividend(years: Double(30 + 91 * $0) / 365, amount: 0.6) }

    init(_ kind: Kind, _ path: String, found: String) throws {
        (self.kind, self.found) = (kind, found)
        let given = try Columns.read(path, count: kind == .implied ? 8 : 7)
        (options.sign, options.underlyingPrice, options.strike) = (given[0], given[1], given[2])
        (options.years, options.rate, options.yield) = (given[3], given[4], given[5])
        last = kind == .implied ? given[7] : given[6]
    }

    mutating func check() throws -> Result {
        work()
        try Columns.write(output, to: found)
        return Result(rows: last.count)
    }

    mutating func round(_ count: Int) throws -> Round {
        guard count % last.count == 0 else { throw BenchmarkError("\(count) is no multiple of \(last.count)") }
        let watch = Stopwatch()
        for _ in 0..<(count / last.count) { work() }
        return Round(watch.elapsed, count: count)
    }

    private mutating func work() {
        switch kind {
        case .european: EuropeanBatch.value(options, volatility: last, into: &columns)
        case .implied: ImpliedVolatilityBatch.solve(options, price: last, into: &implied)
        case .american, .dividends:
            values.removeAll(keepingCapacity: true)
            for row in last.indices {
                var model = options.model(at: row)
                model.exercise = .american
                if kind == .dividends { model.dividends = Self.dividends }
                values.append(model.valuation(volatility: last[row]))
            }
        }
    }

    private var output: [[Double]] {
        switch kind {
        case .european:
            [columns.price, columns.delta, columns.gamma, columns.theta, columns.vega, columns.rho]
        case .implied: [implied.volatility]
        case .american, .dividends: [values.map(\.price)]
        }
    }
}
