import PortfolioModel

/// A named set of accounts in one base currency.
struct DeclaredPortfolio: Sendable, Equatable {
    var name: String
    var base: Currency
    var accounts: [AccountKey]
}
