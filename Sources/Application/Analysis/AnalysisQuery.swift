import Risk

/// What an analysis is to be of. Everything that is not stated has the default of its command.
package struct AnalysisQuery: Codable, Sendable, Equatable {
    /// Dimensions to group by, as `--by` takes them.
    package var by: [String] = []
    /// Only this account, by id (`tastytrade-1`).
    package var account: String?
    /// Only this portfolio's accounts, in its base currency unless `currency` says otherwise.
    package var portfolio: String?
    /// ISO 4217 code to report in.
    package var currency: String?
    /// Only this underlying group, where an analysis is of one.
    package var underlying: String?
    /// Derivatives with at most so many days are listed as expiring.
    package var expiringDays = 7
    package var grid: GridQuery?
    package var valueAtRisk: ValueAtRiskQuery?
    package var interval: IntervalQuery?
    /// `YYYY-MM-DD`: as it was kept by the end of that date, where results are kept.
    package var asOf: String?
    /// Hypothetical legs: `QUANTITY SYMBOL [@PRICE]`.
    package var legs: [String] = []

    package init() {}
}

extension AnalysisQuery {
    /// Throws for dimensions that an analysis would pass over: `scenarios` is by underlying, `attribution` by one.
    func checkDimensions(of name: DocumentName) throws(CommandError) {
        func refuse(_ message: String, _ fix: String) -> CommandError {
            CommandError("unsupported-dimension", message, field: "by", fix: fix, exit: .usage)
        }
        switch name {
        case .scenarios where by.contains { $0 != BreakdownDimension.underlying.rawValue }:
            throw refuse("scenarios are by underlying only", "leave --by out; --account and --portfolio take a part")
        case .attribution where by.count > 1:
            throw refuse("attribution is by one dimension", "ask once for each: --by \(by[0])")
        default: break
        }
    }
}

/// A scenario grid's axes.
package struct GridQuery: Codable, Sendable, Equatable {
    /// Relative moves of the underlying's price; nil is the standard axis.
    package var prices: [Double]?
    /// Volatility points.
    package var volatilities: [Double]?
    /// Calendar days forward.
    package var days: [Double]?
    /// Each underlying moves by its beta times the index's move.
    package var isBetaLinked = false
    /// A historic window beside the grid, or `all`.
    package var window: String?

    package init() {}
}

/// Parameters of value at risk.
package struct ValueAtRiskQuery: Codable, Sendable, Equatable {
    package var confidence = 0.95
    package var horizonDays = 1
    package var paths = 10_000
    package var seed: UInt64 = 1
    /// Returns at most; nil is all there are.
    package var window: Int?

    package init() {}
}

/// From when to when a profit is explained; dates of the exchange, `entry` or `yesterday`.
package struct IntervalQuery: Codable, Sendable, Equatable {
    package var from: String?
    package var through: String?

    package init() {}
}
