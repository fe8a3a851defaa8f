import PortfolioModel
import Risk

/// One position with every figure that documents and tables show of it.
struct PositionRow: Codable, Sendable, Equatable {
    struct BasisItem: Codable, Sendable, Equatable {
        var includesFees: Bool
        var source: String
    }

    var account: AccountReference
    var instrument: InstrumentDocument
    /// Symbol of the underlying group.
    var group: String
    var quantity: FixedDecimal
    @ExplicitNull var averageOpenPrice: FixedDecimal?
    @ExplicitNull var costBasis: MoneyDocument?
    var basis: BasisItem
    var mark: MarkDocument
    var brokerMark: FigureDocument<FixedDecimal>
    var underlyingPrice: FigureDocument<FixedDecimal>
    /// A fraction: 0.25 is 25 %.
    var iv: FigureDocument<Double>
    @ExplicitNull var dte: Int?
    var extrinsicValue: FigureDocument<FixedDecimal>
    /// `inTheMoney`, `atTheMoney`, `outOfTheMoney`; null when unknown or not an option.
    @ExplicitNull var moneyness: String?
    var marketValue: ThreeCurrenciesDocument
    /// Futures only: exposure that market value leaves out.
    @ExplicitNull var notional: MoneyFigureDocument?
    var unrealizedPnL: ThreeCurrenciesDocument
    var dayPnL: ThreeCurrenciesDocument
    /// The part of the day's profit in base currency that exchange rates made of what was held overnight.
    var dayFX: MoneyFigureDocument
    var unitGreeks: UnitGreeksDocument
    /// Null when the unit Greeks are not a model's.
    @ExplicitNull var modelInputs: ModelInputsDocument?
    var positionGreeks: PositionGreeksDocument
    var moneyGreeks: MoneyGreeksDocument
    var state: FigureState
    var asOf: Timestamp

    init(_ view: PositionView, base: Currency, options: DocumentOptions) {
        let position = view.position
        account = AccountReference(view.account, options)
        instrument = InstrumentDocument(view.instrument, underlying: view.underlying)
        group = view.group
        quantity = position.quantity
        averageOpenPrice = position.averageOpenPrice
        costBasis = position.costBasis.map { MoneyDocument($0, view.instrument.currency) }
        basis = BasisItem(includesFees: position.basis.includesFees, source: position.basis.source)
        mark = MarkDocument(view.mark)
        brokerMark = Self.brokerMark(view)
        underlyingPrice = FigureDocument(view.underlyingPrice)
        iv = FigureDocument(view.impliedVolatility)
        dte = view.daysToExpiry
        extrinsicValue = FigureDocument(view.extrinsicValue)
        moneyness = view.moneyness?.rawValue
        marketValue = ThreeCurrenciesDocument(view.marketValue)
        notional = view.notional.map(MoneyFigureDocument.init)
        unrealizedPnL = ThreeCurrenciesDocument(view.unrealizedPnL)
        dayPnL = ThreeCurrenciesDocument(view.dayPnL)
        dayFX = MoneyFigureDocument(view.dayFX)
        unitGreeks = UnitGreeksDocument(view.unitGreeks)
        modelInputs = view.modelInputs.map(ModelInputsDocument.init)
        positionGreeks = PositionGreeksDocument(view.positionGreeks, money: view.moneyGreeks)
        moneyGreeks = MoneyGreeksDocument(view.moneyGreeks, base)
        state = view.state
        asOf = view.asOf
    }

    /// What the broker itself marks at is as good as its account's last statement.
    private static func brokerMark(_ view: PositionView) -> FigureDocument<FixedDecimal> {
        guard let value = view.position.brokerMark else { return .unknown("the broker states no mark") }
        let state: FigureState = view.account.state == .confirmed ? .confirmed : .stale
        let asOf = view.position.brokerMarkAsOf ?? view.position.asOf
        return FigureDocument(.known(value, state, asOf: asOf, source: view.account.key.broker.name))
    }
}
