import PortfolioModel
import Risk

/// `risk --json`: the book at a glance as a risk manager sees it, in base currency.
struct RiskDocument: Document {
    static let schemaName = "tributary.risk/1"

    struct Totals: Codable, Sendable, Equatable {
        var netLiq: MoneyTotalDocument
        var marketValue: MoneyTotalDocument
        var dayPnL: MoneyTotalDocument
        var unrealizedPnL: MoneyTotalDocument
        var exposure: ExposureAmounts
        /// Gross exposure / net liquidation.
        var leverage: FigureDocument<Double>
        var moneyGreeks: MoneyGreeksDocument
        var betaWeighted: BetaWeightedDocument
        /// Share of the exposure whose Greeks are known, 0 to 1; null while a position's exposure is not known.
        @ExplicitNull var covered: Double?
        /// Why it is null.
        @ExplicitNull var coveredReason: String?
    }

    struct ValueAtRiskRow: Codable, Sendable, Equatable {
        var asOf: Timestamp
        var confidence: Double
        var horizonDays: Int
        var methods: [ValueAtRiskDocument.Method]
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var base: Currency
    var scope: ScopeDocument
    var totals: Totals
    var breakdowns: [BreakdownDocument]
    /// The last one computed, with its own time; null when none was.
    @ExplicitNull var valueAtRisk: ValueAtRiskRow?
    var groups: [GroupHealthDocument]
    var expiring: [ExpiringDocument]
    var alarms: [String]

    init(_ scope: AnalysisScope, valueAtRisk result: ValueAtRiskDocument? = nil) throws {
        let view = scope.view
        let report = ExposureReport(
            view, by: try scope.dimensions([.underlying]), labels: scope.labels, weighting: scope.weighting)
        sequence = view.sequence
        asOf = view.at
        base = view.base
        self.scope = ScopeDocument(scope.query)
        totals = Totals(
            netLiq: MoneyTotalDocument(view.totals.netLiquidation),
            marketValue: MoneyTotalDocument(view.totals.marketValue), dayPnL: MoneyTotalDocument(view.totals.dayPnL),
            unrealizedPnL: MoneyTotalDocument(view.totals.unrealizedPnL), exposure: ExposureAmounts(report.total),
            leverage: FigureDocument(report.leverage),
            moneyGreeks: MoneyGreeksDocument(view.totals.greeks, view.base),
            betaWeighted: BetaWeightedDocument(report.betaWeighted, index: scope.weighting.index),
            covered: view.totals.covered?.documented, coveredReason: view.totals.coveredReason)
        breakdowns = report.breakdowns.map {
            BreakdownDocument($0, base: view.base, index: scope.weighting.index)
        }
        valueAtRisk = result.map {
            ValueAtRiskRow(
                asOf: $0.asOf, confidence: $0.confidence, horizonDays: $0.horizonDays, methods: $0.methods)
        }
        groups = scope.health.map { GroupHealthDocument($0, options: scope.options) }
        expiring = scope.expiring.map { ExpiringDocument($0, options: scope.options) }
        alarms = view.alarms
    }
}
