import PortfolioModel
import Risk

/// `exposure --json`: gross, net, leverage, concentration, currencies, use of capital.
struct ExposureDocument: Document {
    static let schemaName = "tributary.exposure/1"

    struct ShareRow: Codable, Sendable, Equatable {
        var underlying: String
        @ExplicitNull var exposure: Double?
        @ExplicitNull var share: Double?
    }

    struct CurrencyRow: Codable, Sendable, Equatable {
        var currency: Currency
        var rate: FigureDocument<FixedDecimal>
        var marketValue: MoneyTotalDocument
        var cash: MoneyTotalDocument
        /// Market value + cash: what moves with the rate.
        var native: MoneyTotalDocument
        var base: MoneyTotalDocument
    }

    struct AccountUse: Codable, Sendable, Equatable {
        var account: AccountReference
        var netLiq: MoneyTotalDocument
        var initialMargin: MoneyFigureDocument
        var maintenanceMargin: MoneyFigureDocument
        /// Maintenance requirement / net liquidation x 100, by the broker's figures.
        var marginUsedPct: FigureDocument<FixedDecimal>
        /// Buying power used / (used + left) x 100.
        var utilisationPct: FigureDocument<FixedDecimal>
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var base: Currency
    var scope: ScopeDocument
    var total: ExposureAmounts
    var netLiq: MoneyTotalDocument
    /// Gross exposure / net liquidation.
    var leverage: FigureDocument<Double>
    var breakdowns: [BreakdownDocument]
    /// Largest underlyings first.
    var concentration: [ShareRow]
    /// 0 to 1; 1 is all in one underlying.
    @ExplicitNull var herfindahl: Double?
    /// Why there are neither shares nor this index: an exposure is unknown, or there is none.
    @ExplicitNull var concentrationReason: String?
    var currencies: [CurrencyRow]
    var accounts: [AccountUse]

    init(_ scope: AnalysisScope) throws {
        let view = scope.view
        let report = ExposureReport(
            view, by: try scope.dimensions([.currency, .assetClass, .sector, .underlying, .expiry]),
            labels: scope.labels, weighting: scope.weighting)
        sequence = view.sequence
        asOf = view.at
        base = view.base
        self.scope = ScopeDocument(scope.query)
        total = ExposureAmounts(report.total)
        netLiq = MoneyTotalDocument(report.netLiquidation)
        leverage = FigureDocument(report.leverage)
        breakdowns = report.breakdowns.map {
            BreakdownDocument($0, base: view.base, index: scope.weighting.index)
        }
        concentration = report.concentration.shares.map {
            ShareRow(underlying: $0.underlying, exposure: $0.exposure?.documented, share: $0.share?.documented)
        }
        herfindahl = report.concentration.herfindahl?.documented
        concentrationReason = report.concentration.reason
        currencies = report.currencies.map(CurrencyRow.init)
        accounts = report.accounts.map { AccountUse($0, scope.options) }
    }
}

extension ExposureDocument.CurrencyRow {
    init(_ exposure: CurrencyExposure) {
        currency = exposure.currency
        rate = FigureDocument(exposure.rate)
        marketValue = MoneyTotalDocument(exposure.marketValue)
        cash = MoneyTotalDocument(exposure.cash)
        native = MoneyTotalDocument(exposure.native)
        base = MoneyTotalDocument(exposure.base)
    }
}

extension ExposureDocument.AccountUse {
    init(_ use: CapitalUse, _ options: DocumentOptions) {
        account = AccountReference(use.account, options)
        netLiq = MoneyTotalDocument(use.netLiquidation)
        initialMargin = MoneyFigureDocument(use.initialMargin)
        maintenanceMargin = MoneyFigureDocument(use.maintenanceMargin)
        marginUsedPct = FigureDocument(rounding: use.marginUsedPercent, places: 2)
        utilisationPct = FigureDocument(rounding: use.utilisationPercent, places: 2)
    }
}
