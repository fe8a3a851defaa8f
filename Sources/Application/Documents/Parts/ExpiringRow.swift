import PortfolioModel
import Risk

/// A position that expires within a week.
struct ExpiringRow: Codable, Sendable, Equatable {
    var account: AccountReference
    var instrument: InstrumentDocument
    var group: String
    var quantity: FixedDecimal
    var dte: Int
    var mark: MarkDocument
    var underlyingPrice: FigureDocument<FixedDecimal>
    var extrinsicValue: FigureDocument<FixedDecimal>
    /// `inTheMoney`, `atTheMoney`, `outOfTheMoney`; null when unknown or not an option.
    @ExplicitNull var moneyness: String?
    var unrealizedPnL: MoneyFigureDocument
    var state: FigureState

    /// nil for what does not expire within `days`.
    init?(_ view: PositionView, within days: Int, options: DocumentOptions) {
        guard let left = view.daysToExpiry, left <= days else { return nil }
        account = AccountReference(view.account, options)
        instrument = InstrumentDocument(view.instrument, underlying: view.underlying)
        group = view.group
        quantity = view.position.quantity
        dte = left
        mark = MarkDocument(view.mark)
        underlyingPrice = FigureDocument(view.underlyingPrice)
        extrinsicValue = FigureDocument(view.extrinsicValue)
        moneyness = view.moneyness?.rawValue
        unrealizedPnL = MoneyFigureDocument(view.unrealizedPnL.native)
        state = view.state
    }
}
