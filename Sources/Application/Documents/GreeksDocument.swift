import PortfolioModel
import Risk

/// `greeks --json`: Greeks by position, by underlying and in total, each as in `positions` and `status`.
struct GreeksDocument: Document {
    static let schemaName = "tributary.greeks/1"

    struct Row: Codable, Sendable, Equatable {
        var account: AccountReference
        var instrument: InstrumentDocument
        var group: String
        var quantity: FixedDecimal
        @ExplicitNull var dte: Int?
        var underlyingPrice: FigureDocument<FixedDecimal>
        var iv: FigureDocument<Double>
        var unitGreeks: UnitGreeksDocument
        @ExplicitNull var modelInputs: ModelInputsDocument?
        var positionGreeks: PositionGreeksDocument
        var moneyGreeks: MoneyGreeksDocument

        init(_ row: PositionRow) {
            account = row.account
            instrument = row.instrument
            group = row.group
            quantity = row.quantity
            dte = row.dte
            underlyingPrice = row.underlyingPrice
            iv = row.iv
            unitGreeks = row.unitGreeks
            modelInputs = row.modelInputs
            positionGreeks = row.positionGreeks
            moneyGreeks = row.moneyGreeks
        }
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var base: Currency
    var positions: [Row]
    var underlyings: [UnderlyingRow]
    /// By the dimensions asked for.
    var breakdowns: [BreakdownDocument]
    var total: MoneyGreeksDocument
    /// Share of the exposure whose Greeks are known, 0 to 1; null while a position's exposure is not known.
    @ExplicitNull var covered: Double?
    /// Why it is null.
    @ExplicitNull var coveredReason: String?

    init(
        view: PortfolioView, service: ServiceInfo, options: DocumentOptions, breakdowns: [BreakdownDocument] = []
    ) {
        self.breakdowns = breakdowns
        sequence = view.sequence
        asOf = view.at
        base = view.base
        positions = view.positions.map { Row(PositionRow($0, base: view.base, options: options)) }
        underlyings = view.groups.map(UnderlyingRow.init)
        total = MoneyGreeksDocument(view.totals.greeks, view.base)
        (covered, coveredReason) = (view.totals.covered?.documented, view.totals.coveredReason)
    }
}
