import PortfolioModel
import Risk

/// One account's line, in the account's currency.
struct AccountRow: Codable, Sendable, Equatable {
    var id: String
    var broker: String
    var number: String
    @ExplicitNull var name: String?
    var taxStatus: String
    var currency: Currency
    var state: FigureState
    var netLiq: MoneyTotalDocument
    var brokerNetLiq: MoneyFigureDocument
    var cash: MoneyTotalDocument
    var marketValue: MoneyTotalDocument
    var dayPnL: MoneyTotalDocument
    var unrealizedPnL: MoneyTotalDocument
    var buyingPower: MoneyFigureDocument
    var buyingPowerUsed: MoneyFigureDocument
    /// Maintenance requirement / net liquidation x 100, by the broker's figures.
    var marginUsedPct: FigureDocument<FixedDecimal>
    /// Base currency.
    var moneyGreeks: MoneyGreeksDocument
    @ExplicitNull var asOf: Timestamp?

    init(_ view: AccountView, base: Currency, options: DocumentOptions) {
        id = view.account.id.text
        broker = view.account.key.broker.name
        number = options.number(view.account.key)
        name = view.account.name
        taxStatus = view.account.taxStatus.rawValue
        currency = view.account.currency
        state = view.account.state
        netLiq = MoneyTotalDocument(view.netLiquidation)
        brokerNetLiq = MoneyFigureDocument(view.brokerNetLiquidation)
        cash = MoneyTotalDocument(view.cash)
        marketValue = MoneyTotalDocument(view.marketValue)
        dayPnL = MoneyTotalDocument(view.dayPnL)
        unrealizedPnL = MoneyTotalDocument(view.unrealizedPnL)
        buyingPower = MoneyFigureDocument(view.buyingPower)
        buyingPowerUsed = MoneyFigureDocument(view.buyingPowerUsed)
        marginUsedPct = FigureDocument(rounding: view.marginUsedPercent, places: 2)
        moneyGreeks = MoneyGreeksDocument(view.moneyGreeks, base)
        asOf = view.account.asOf
    }
}
