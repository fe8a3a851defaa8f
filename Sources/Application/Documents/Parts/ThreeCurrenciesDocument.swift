import Risk

/// One figure in the instrument's, the account's and the base currency.
struct ThreeCurrenciesDocument: Codable, Sendable, Equatable {
    var native: MoneyFigureDocument
    var account: MoneyFigureDocument
    var base: MoneyFigureDocument

    init(_ figures: ThreeCurrencies) {
        native = MoneyFigureDocument(figures.native)
        account = MoneyFigureDocument(figures.account)
        base = MoneyFigureDocument(figures.base)
    }
}
